import type { DossierRole } from '../dossier/unit-roles';
import type { SampleProcedure } from '../dossier/procedures';
import type { SeededRandom } from '../random';

/** Coded parts that other services read: fees, components, results. The same in every snapshot, but for payment and result. */
export interface CodedParts {
  readonly hasDigitised: boolean;
  readonly reused: boolean;
  readonly fromPersonalStore: boolean;
  readonly identityVerified: boolean;
  readonly populationDatabase: boolean;
  readonly electronicResult: boolean;
  /** In đồng; 0: free of charge. */
  readonly fee: number;
  /** 0 no, 1 on the national portal, 2 on the province's gateway. */
  readonly paidOnline: 0 | 1 | 2;
  /** Paid when it was submitted: else a source says so only once the dossier is received. */
  readonly paysAtSubmission: boolean;
}

/** For procedures that are free of charge as a rule. */
const COMMON_FEE = 20_000;

/** What a dossier's role asks for, in one of the ways in which a source says it. */
export function drawParts(random: SeededRandom, role: DossierRole, { fee }: SampleProcedure): CodedParts {
  const database = random.percent(40);
  return {
    hasDigitised: role.digitised, reused: role.reused, fromPersonalStore: role.fromPersonalStore, electronicResult: role.electronicResult,
    identityVerified: role.populationData && (!database || random.percent(20)), populationDatabase: role.populationData && database,
    fee: role.hasFee ? fee || COMMON_FEE : 0,
    paidOnline: role.paid ? drawChannel(random) : 0, paysAtSubmission: role.paysBefore,
  };
}

/** Of a dossier that no figure counts: nothing that would make its procedure count. */
export function drawUncountedParts(random: SeededRandom): CodedParts {
  return {
    hasDigitised: random.percent(40), reused: random.percent(5), fromPersonalStore: false, electronicResult: random.percent(50),
    identityVerified: random.percent(40), populationDatabase: random.percent(20), fee: 0, paidOnline: 0, paysAtSubmission: false,
  };
}

/** Of a dossier that was paid for and is not yet received. */
export function prepaidParts(random: SeededRandom): CodedParts {
  return { ...drawUncountedParts(random), paidOnline: drawChannel(random), paysAtSubmission: true };
}

function drawChannel(random: SeededRandom): 1 | 2 {
  return random.percent(40) ? 1 : 2;
}
