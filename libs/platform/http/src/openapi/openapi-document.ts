import type { NestExpressApplication } from '@nestjs/platform-express';
import { routeAccesses } from '@index766/platform-auth';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { ProblemCatalog } from '../problems/problem';
import { describeProblems } from './describe-problems';

export interface ApiDescription {
  readonly title: string;
  readonly description: string;
  readonly version: string;
}

export const OPENAPI_PATH = '/openapi.json';

/**
 * The OpenAPI document of an application's controllers: requests by their DTOs, answers by `@Answers`, problems by
 * `@Refuses` and by what every endpoint may refuse, security by `@Public` and `@Roles`.
 */
export function openApiDocument(app: NestExpressApplication, api: ApiDescription, catalog: ProblemCatalog): OpenAPIObject {
  const head = new DocumentBuilder()
    .setTitle(api.title)
    .setDescription(api.description)
    .setVersion(api.version)
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, head, {
    operationIdFactory: (controller, method) => `${controller}.${method}`,
  });
  return describeProblems(document, routeAccesses(app), catalog);
}

/** Serves the document beside the controllers, so that no guard and no DTO stands before it. */
export function serveOpenApi(app: NestExpressApplication, document: OpenAPIObject): void {
  serveDocuments(app, { [OPENAPI_PATH]: document });
}

/** Serves documents by path, as the OpenAPI document is served. */
export function serveDocuments(app: NestExpressApplication, documents: Readonly<Record<string, unknown>>): void {
  for (const [path, document] of Object.entries(documents)) {
    const text = JSON.stringify(document);
    app.use(path, (_request: Request, response: Response) => {
      response.type('application/json').send(text);
    });
  }
}
