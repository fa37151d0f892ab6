export { defineErrorCodes, type ErrorCode, type ErrorCodes } from './problems/error-codes';
export type { Problem, ProblemPart } from './problems/problem';
export { RefusalException, orRefuse } from './problems/refusal.exception';
export { createValidationPipe } from './requests/validation';
export {
  DossierIdPipe, OfficerPseudonymPipe, PeriodPipe, PetitionIdPipe, ProcedureCodePipe, UnitCodePipe,
} from './requests/path-parameters';
export { IsCode, IsInstantText, IsProcedureCode, IsUnitCode, textThat } from './requests/text-checks';
export { GivenUnder, RECORDED_AT_HEADER, type Circumstances } from './requests/circumstances';
export { rawBodyOf, type RawBodyPaths } from './requests/raw-body';
export { IdempotencyKey, parseIdempotencyKey, requestHash } from './requests/idempotency-key';
export { csvText, sendCsv, type CsvColumn } from './responses/csv';
export { TokenBuckets, type BucketSettings } from './limits/token-buckets';
export { addressOf } from './limits/caller-address';
export { DEFAULT_LIMITS, DEFAULT_TIMEOUTS, type ClientTimeouts, type HttpLimits } from './limits/http-limits';
export type { ApiDescription } from './openapi/openapi-document';
export { Answers, AnswersWithCsv, answer, type AnswerSchema } from './openapi/answers.decorator';
export { Refuses } from './openapi/refuses.decorator';
export { startHttpApp, type HttpAppOptions, type RunningHttpApp } from './start/start-http-app';
export { runService } from './start/run-service';
