import { parseLocalDay } from '@index766/kernel';
import { textThat } from '@index766/platform-http';
import type { ValidationOptions } from 'class-validator';

export const IsLocalDay = (options?: ValidationOptions): PropertyDecorator =>
  textThat('isLocalDay', 'is a day that exists, written 2026-10-31', (text) => parseLocalDay(text) !== undefined, options);
