import { RequestMethod, type INestApplicationContext } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { ModulesContainer } from '@nestjs/core';
import { ROUTE_ACCESS } from './route-access';

/**
 * The routes of an application that say neither `@Public()` nor `@Roles(…)`, as `GET Controller.method`. The guard
 * refuses them to everybody; a spec of each application asks for an empty list.
 */
export function undeclaredRoutes(app: INestApplicationContext): readonly string[] {
  const modules = [...app.get(ModulesContainer).values()];
  const controllers = new Set(modules.flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype)));
  return [...controllers].flatMap((controller) => (controller ? undeclaredRoutesOf(controller) : [])).sort();
}

function undeclaredRoutesOf(controller: { readonly name: string; readonly prototype?: unknown } & object): string[] {
  if (Reflect.hasMetadata(ROUTE_ACCESS, controller)) return [];
  const members = Object.entries(Object.getOwnPropertyDescriptors(controller.prototype as object));
  return members.flatMap(([name, { value }]) => {
    // The class itself is a member of its prototype and has a path too.
    const isRoute = typeof value === 'function' && value !== controller && Reflect.hasMetadata(PATH_METADATA, value as object);
    if (!isRoute || Reflect.hasMetadata(ROUTE_ACCESS, value as object)) return [];
    const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, value as object) as RequestMethod];
    return [`${method} ${controller.name}.${name}`];
  });
}
