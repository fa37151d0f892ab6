import { textThat } from '@index766/platform-http';
import { parseDueText } from './due-text';

/** A due date: an instant, or a day, which means its 24:00. */
export const IsDueText = (): PropertyDecorator =>
  textThat('isDueText', 'is an instant or a day, written 2026-10-31', (text) => parseDueText(text) !== undefined);

const PART = /^\S{1,200}$/u;

/** The id of a step or a supplement inside its dossier. */
export const IsPartId = (): PropertyDecorator => textThat('isPartId', 'is an id without white space', (text) => PART.test(text));
