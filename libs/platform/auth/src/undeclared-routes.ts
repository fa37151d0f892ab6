import { RequestMethod, type INestApplicationContext } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { ModulesContainer } from '@nestjs/core';
import { ROUTE_ACCESS, type RouteAccess } from './route-access';

interface Route {
  /** `Controller.method` */
  readonly name: string;
  /** `GET` */
  readonly method: string;
  readonly access: RouteAccess | undefined;
}

/**
 * The routes of an application that say neither `@Public()` nor `@Roles(…)`, as `GET Controller.method`. The guard
 * refuses them to everybody; a spec of each application asks for an empty list.
 */
export function undeclaredRoutes(app: INestApplicationContext): readonly string[] {
  return routesOf(app).filter(({ access }) => access === undefined).map(({ name, method }) => `${method} ${name}`).sort();
}

/** What each route asks of its caller, by `Controller.method`. */
export function routeAccesses(app: INestApplicationContext): ReadonlyMap<string, RouteAccess> {
  return new Map(routesOf(app).flatMap(({ name, access }) => (access === undefined ? [] : [[name, access] as const])));
}

function routesOf(app: INestApplicationContext): readonly Route[] {
  const modules = [...app.get(ModulesContainer).values()];
  const controllers = new Set(modules.flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype)));
  return [...controllers].flatMap((controller) => (controller ? routesOfController(controller) : []));
}

function routesOfController(controller: { readonly name: string; readonly prototype?: unknown } & object): readonly Route[] {
  const ofAll = Reflect.getMetadata(ROUTE_ACCESS, controller) as RouteAccess | undefined;
  const members = Object.entries(Object.getOwnPropertyDescriptors(controller.prototype as object));
  return members.flatMap(([name, { value }]) => {
    // The class itself is a member of its prototype and has a path too.
    const isRoute = typeof value === 'function' && value !== controller && Reflect.hasMetadata(PATH_METADATA, value as object);
    if (!isRoute) return [];
    const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, value as object) as RequestMethod];
    const own = Reflect.getMetadata(ROUTE_ACCESS, value as object) as RouteAccess | undefined;
    return [{ name: `${controller.name}.${name}`, method, access: own ?? ofAll }];
  });
}
