import { ROUTE_TABLE } from './route-table';

const paths = (routes: object) => [...new Set(Object.keys(routes).map((route) => route.slice(route.indexOf(' ') + 1)))];
const isParameter = (segment: string | undefined) => segment?.startsWith('{') === true;

/** Both could be meant by one address. */
function overlap(one: string, other: string): boolean {
  const [some, others] = [one.split('/'), other.split('/')];
  return some.length === others.length && some.every((segment, index) => segment === others[index] || isParameter(segment) || isParameter(others[index]));
}

describe.each(Object.entries(ROUTE_TABLE))('the routes of %s', (_, routes) => {
  it('have no word where another one has a parameter: methods that are not there would be answered as if they were', () => {
    const all = paths(routes);
    expect(all.flatMap((one, index) => all.slice(index + 1).filter((other) => overlap(one, other)).map((other) => [one, other]))).toEqual([]);
  });
});
