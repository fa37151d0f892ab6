/** Injection token of the service's `Logger`. */
export const LOGGER = Symbol('index766:logger');
/** Injection token of the `ServiceLog`, whose level can be changed. */
export const SERVICE_LOG = Symbol('index766:service-log');
