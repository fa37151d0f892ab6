import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Request, Response } from 'express';

export interface ApiDescription {
  readonly title: string;
  readonly description: string;
  readonly version: string;
}

export const OPENAPI_PATH = '/openapi.json';

/** The OpenAPI document of an application's controllers. */
export function openApiDocument(app: NestExpressApplication, api: ApiDescription): OpenAPIObject {
  const head = new DocumentBuilder()
    .setTitle(api.title)
    .setDescription(api.description)
    .setVersion(api.version)
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, head);
}

/** Serves the document beside the controllers, so that no guard and no DTO stands before it. */
export function serveOpenApi(app: NestExpressApplication, document: OpenAPIObject): void {
  const text = JSON.stringify(document);
  app.use(OPENAPI_PATH, (_request: Request, response: Response) => {
    response.type('application/json').send(text);
  });
}
