import type { RefusalCode } from '@index766/kernel';
import { ApiExtension } from '@nestjs/swagger';

/** Where the codes of an operation stand until the document is complete. */
export const REFUSALS_EXTENSION = 'x-refusals';

/** Codes that an endpoint refuses with, besides those that every endpoint may: they stand in the OpenAPI document by status. */
export const Refuses = (...codes: readonly RefusalCode[]): MethodDecorator => ApiExtension(REFUSALS_EXTENSION, [...codes]);
