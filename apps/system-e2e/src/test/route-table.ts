import type { Role } from '@index766/platform-auth';
import type { ServiceName } from './services';

/** What a route is about: whose unit a token has to cover. */
export type RouteSubject = 'unit' | 'province' | 'petition' | 'every-unit';

/** Who may call a route, and who finds names of officers in its answer. */
export interface RouteRow {
  readonly who: 'anybody' | readonly Role[];
  /** These roles see names, of units in the scope of their token; nobody else does. `anybody`: on the published list they are for all. */
  readonly names?: 'anybody' | readonly Role[];
  /** Whoever has the role is refused all the same if the token does not cover what it is about. */
  readonly scoped?: true;
  /** Absent: a unit, by itself or through one of its dossiers. */
  readonly about?: RouteSubject;
  /** What is asked though it may be left out. */
  readonly asks?: readonly string[];
}

type Rows = Readonly<Record<string, RouteRow>>;

const ANYBODY: RouteRow = { who: 'anybody' };
const ADMINISTRATOR: RouteRow = { who: ['administrator'], scoped: true };
const DESK: RouteRow = { who: ['desk', 'replay'], scoped: true };
const READERS_OF_DOSSIERS: RouteRow = { who: ['desk', 'operator', 'reviewer', 'replay'], scoped: true };

const all = (row: RouteRow, ...routes: readonly string[]): Rows => Object.fromEntries(routes.map((route) => [route, row]));
const commands = (row: RouteRow, path: string, ...names: readonly string[]): Rows => all(row, ...names.map((name) => `POST ${path}/${name}`));

/** What every service has. */
const OPERATION: Rows = {
  ...all(ANYBODY, 'GET /metrics', 'GET /health/live', 'GET /health/ready', 'GET /log-level'),
  'PUT /log-level': { who: ['operator'] },
};

/** Every route of every service; the specs compare it with what the services themselves say that they have. */
export const ROUTE_TABLE: Readonly<Record<ServiceName, Rows>> = {
  catalog: {
    ...OPERATION,
    ...all(
      ANYBODY, 'GET /v1/units', 'GET /v1/units/{code}', 'GET /v1/procedures', 'GET /v1/procedures/{code}', 'GET /v1/calendars', 'GET /v1/calendars/{id}',
      'GET /v1/reported-figures', 'GET /v1/reported-figures/{unit}/{measure}/{period}',
    ),
    ...all(
      ADMINISTRATOR, 'PUT /v1/units/{code}', 'PUT /v1/calendars/{id}/overrides/{unit}', 'PUT /v1/reported-figures/{unit}/{measure}/{period}',
      'PUT /v1/officers/{pseudonym}', 'DELETE /v1/officers/{pseudonym}',
    ),
    ...all({ ...ADMINISTRATOR, about: 'every-unit' }, 'PUT /v1/procedures/{code}', 'PUT /v1/calendars/{id}'),
    // Each row of a file is of a unit of its own: specs of the catalog refuse those out of scope.
    ...all(
      { who: ['administrator'] }, 'POST /v1/imports/units', 'POST /v1/imports/procedures', 'POST /v1/imports/procedures/json',
      'POST /v1/imports/reported-figures',
    ),
    ...all(
      { who: ['officer-list', 'administrator'], names: ['officer-list', 'administrator'], scoped: true, asks: ['unit'] },
      'GET /v1/officers', 'GET /v1/officers/{pseudonym}',
    ),
  },
  dossiers: {
    ...OPERATION,
    ...all(ANYBODY, 'GET /v1/dossiers/{id}', 'GET /v1/due-date-changes/{version}'),
    ...commands(
      DESK, '/v1/dossiers/{id}', 'register', 'receive', 'refuse', 'assign-step', 'complete-step', 'request-supplement', 'complete-supplement',
      'extend-due-date', 'transfer', 'withdraw', 'stop', 'finish', 'return-result', 'reopen', 'request-financial-obligation',
      'fulfil-financial-obligation', 'correct', 'void',
    ),
    'POST /v1/national-sync': { who: ['source', 'replay'] },
    'PUT /v1/source-complete': { who: ['source', 'replay'] },
    'POST /v1/calendar-what-if': { who: ['administrator', 'operator'] },
  },
  payments: {
    ...OPERATION,
    ...commands(DESK, '/v1/dossiers/{id}', 'assess-fee', 'waive-fee', 'request-payment', 'record-cash-payment', 'refund-payment'),
    ...commands({ who: ['operator'] }, '/v1/dossiers/{id}', 'drop-parked-event'),
    'GET /v1/dossiers/{id}/payments': READERS_OF_DOSSIERS,
    'GET /v1/parked-events': { who: ['operator'] },
    'POST /v1/providers/{provider}/events': ANYBODY,
  },
  digitization: {
    ...OPERATION,
    ...commands(
      DESK, '/v1/dossiers/{id}', 'digitise-component', 'reuse-component', 'take-component-from-personal-store', 'use-population-data', 'issue-result',
      'sign-result', 'archive-result', 'link-result',
    ),
    'GET /v1/dossiers/{id}/documents': READERS_OF_DOSSIERS,
  },
  feedback: {
    ...OPERATION,
    ...commands(DESK, '/v1/dossiers/{id}', 'issue-rating-token'),
    ...commands({ who: ['source', 'replay'], scoped: true }, '/v1/dossiers/{id}', 'record-rating'),
    ...commands({ who: ['reviewer', 'replay'], scoped: true }, '/v1/dossiers/{id}', 'withdraw-rating'),
    ...commands(
      { ...DESK, about: 'petition' }, '/v1/petitions/{id}', 'receive', 'classify', 'transfer', 'refuse', 'request-supplement', 'complete-supplement', 'answer', 'publish',
      'change-about', 'issue-answer-token',
    ),
    ...commands({ who: ['source', 'replay'], scoped: true, about: 'petition' }, '/v1/petitions/{id}', 'rate-answer'),
    // Whoever has the token of a dossier or of an answer, which stands in the body.
    ...all(ANYBODY, 'POST /v1/ratings', 'POST /v1/ratings/withdraw', 'POST /v1/answer-ratings'),
    'GET /v1/dossiers/{id}/feedback': READERS_OF_DOSSIERS,
    'GET /v1/units/{unit}/petitions': READERS_OF_DOSSIERS,
    'GET /v1/petitions/{id}': { who: ['desk', 'reviewer'], scoped: true, about: 'petition' },
    // The questions of a year are no unit's.
    'PUT /v1/surveys/{year}': { who: ['administrator'] },
    'GET /v1/surveys/{year}': { who: ['administrator', 'desk', 'operator', 'reviewer'] },
    'PUT /v1/surveys/{year}/units/{unit}': ADMINISTRATOR,
    'GET /v1/surveys/{year}/units/{unit}': { who: ['administrator', 'desk', 'operator', 'reviewer'], scoped: true },
  },
  aggregator: {
    ...OPERATION,
    ...all(
      ANYBODY, 'GET /v1/scores', 'GET /v1/units/{unit}/scores/{period}', 'GET /v1/rankings', 'GET /v1/units/{unit}/peers', 'GET /v1/plan-targets',
      'GET /v1/units/{unit}/explanation', 'GET /v1/units/{unit}/explanation/{indicator}/items', 'GET /v1/units/{unit}/dossiers/{period}',
      'GET /v1/units/{unit}/late-departments/{period}', 'GET /v1/units/{unit}/late-units/{period}', 'GET /v1/units/{unit}/integrity/{period}',
      'GET /v1/units/{unit}/reconciliation', 'GET /v1/reconciliation', 'GET /v1/units/{unit}/portal-figures/{period}',
      'GET /v1/units/{unit}/late-officers/{period}/objections',
      'GET /v1/edition-keys', 'GET /v1/editions', 'GET /v1/editions/{province}/{period}', 'GET /v1/editions/{province}/{period}/{number}',
      'GET /v1/editions/{province}/{period}/{number}/rankings', 'GET /v1/editions/{province}/{period}/{number}/changes',
      'GET /v1/editions/{province}/{period}/{number}/units/{unit}',
    ),
    ...commands({ who: ['publisher', 'administrator'], scoped: true, about: 'province' }, '/v1/edition-decisions/{province}/{period}', 'publication', 'waivers', 'retraction'),
    ...all({ who: 'anybody', names: ['officer-list'] }, 'GET /v1/units/{unit}/late-officers/{period}', 'GET /v1/units/{unit}/todays-list'),
    // The duty of officials: after the objection window the published list carries them.
    'GET /v1/editions/{province}/{period}/{number}/units/{unit}/late-officers': { who: 'anybody', names: 'anybody' },
    'POST /v1/units/{unit}/late-officers/{period}/objections': { who: ['desk', 'administrator'], scoped: true },
    'POST /v1/units/{unit}/late-officers/{period}/objections/{officer}/{number}/decision': { who: ['reviewer'], scoped: true },
    // Whose a change is follows from the flag on it, which no dossier here has: a spec of the aggregator refuses those out of scope.
    'POST /v1/dossiers/{dossier}/changes/{change}/review': { who: ['reviewer'] },
    'POST /v1/units/{unit}/integrity/{period}/reviews': { who: ['reviewer'], scoped: true },
    'POST /v1/units/{unit}/portal-figures/{period}': { who: ['administrator', 'operator'], scoped: true },
  },
};
