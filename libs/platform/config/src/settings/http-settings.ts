import { PortVariable, TextVariable } from '../variables';

/** Where a service listens. A service gives its own default port: `@Group(HttpSettings, { port: 7662 })`. */
export class HttpSettings {
  @TextVariable('HTTP_HOST')
  readonly host: string = '127.0.0.1';

  @PortVariable('HTTP_PORT')
  readonly port!: number;
}
