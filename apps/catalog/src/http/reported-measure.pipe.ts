import type { PipeTransform } from '@nestjs/common';
import { REPORTED_MEASURES, type ReportedMeasure } from '@index766/contracts-catalog';
import { RefusalException } from '@index766/platform-http';

/** Turns a path parameter into the measure of a reported figure. */
export class ReportedMeasurePipe implements PipeTransform<unknown, ReportedMeasure> {
  transform(value: unknown): ReportedMeasure {
    const measure = REPORTED_MEASURES.find((each) => each === value);
    if (measure === undefined) throw new RefusalException({ code: 'REQUEST.INVALID', detail: 'no figure is reported under this name', path: 'measure' });
    return measure;
  }
}
