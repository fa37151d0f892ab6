import type { Request, Response } from 'express';
import { ProblemCatalog } from '../problems/problem';
import { refuseOtherMethods } from './allowed-methods';

const paths = { '/v1/units': { get: {} }, '/v1/units/{code}': { get: {}, put: {} }, '/v1/units/import': { post: {} } };
const refuse = refuseOtherMethods(paths, new ProblemCatalog([{ 'ROUTE.METHOD_NOT_ALLOWED': { status: 405, meaning: 'No.' } }]));

function answerTo(method: string, path: string): unknown {
  const heard: { status?: number; allow?: string } = {};
  const response = {
    status(status: number) {
      heard.status = status;
      return response;
    },
    setHeader(name: string, value: string) {
      if (name === 'Allow') heard.allow = value;
      return response;
    },
    end: () => response,
  };
  const wentOn: boolean[] = [];
  void refuse({ method, path } as Request, response as unknown as Response, () => void wentOn.push(true));
  return wentOn.length > 0 ? 'goes on' : heard;
}

test.each([
  ['GET', '/v1/units', 'goes on'],
  ['HEAD', '/V1/units/', 'goes on'],
  ['PUT', '/v1/units/H44.1', 'goes on'],
  ['POST', '/v1/units/import', 'goes on'],
  ['DELETE', '/v1/elsewhere', 'goes on'],
  ['POST', '/v1/units/a/b', 'goes on'],
  ['POST', '/v1/units', { status: 405, allow: 'GET, HEAD, OPTIONS' }],
  ['DELETE', '/v1/units/H44.1', { status: 405, allow: 'GET, PUT, HEAD, OPTIONS' }],
  ['OPTIONS', '/v1/units/import', { status: 204, allow: 'GET, PUT, HEAD, POST, OPTIONS' }],
])('%s %s %j', (method, path, expected) => {
  expect(answerTo(method, path)).toEqual(expected);
});
