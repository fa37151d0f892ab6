import { lifeStory, local, officer, type LifeStory } from '@index766/testing-unit';

import { decideFacts, type ProposedFact } from './decide';
import type { DossierFact } from './facts';
import { foldDossier } from './fold';
import { accepted, contextAt, decided } from './test/decided';

const received = () => lifeStory().received('2026-10-01 08:00');
const refusalOf = (story: LifeStory) => {
  const result = decided(story);
  return result.ok ? null : result.error;
};
/** What is decided about the last fact that a story tells, the ones before being accepted. */
const proposalOf = (story: LifeStory): ProposedFact => {
  const { kind, occurredAt, timeBasis, body } = story.last();
  return { kind, occurredAt, timeBasis, body } as ProposedFact;
};
const kindsOf = (facts: readonly DossierFact[]) => facts.map(({ kind }) => kind);

describe('a reported fact', () => {
  it('is appended with the next sequence of its topic and with the due instant that follows', () => {
    const facts = accepted(lifeStory().registered('2026-09-30 08:00').received('2026-10-01 08:00'));
    expect(facts.map(({ kind, sequence }) => [kind, sequence])).toEqual([['dossier-registered', 1], ['dossier-received', 2], ['due-date-set', 3]]);
  });

  it('is recorded no earlier than the fact before it', () => {
    const known = accepted(lifeStory().received('2026-10-01 08:00', { recordedAt: '2026-10-05 08:00' }));
    const result = decideFacts(known, [proposalOf(lifeStory().finished('2026-10-02 08:00'))], contextAt(local('2026-10-02 08:00')));
    expect(result).toMatchObject({ ok: true, value: [{ kind: 'dossier-finished', recordedAt: local('2026-10-05 08:00') }] });
  });

  it('of a bulk load says so', () => {
    const result = decideFacts([], [proposalOf(received())], { ...contextAt(local('2026-10-01 08:00')), backfill: true });
    expect(result).toMatchObject({ ok: true, value: [{ backfill: true }, { kind: 'due-date-set', backfill: true }] });
  });

  it('that is known already adds nothing', () => {
    const known = accepted(received().step('a', '2026-10-02 08:00', { by: officer(1) }).supplementAsked('s1', '2026-10-03 08:00'));
    const again = [
      proposalOf(received()), proposalOf(lifeStory().step('a', '2026-10-02 08:00', { by: officer(1) })),
      proposalOf(lifeStory().supplementAsked('s1', '2026-10-03 08:00')),
    ];
    expect(decideFacts(known, again, contextAt(local('2026-10-20 08:00')))).toEqual({ ok: true, value: [] });
  });

  it('that is known as corrected, or as it was before, adds nothing', () => {
    const known = accepted(received().finished('2026-10-05 08:00').corrected('finished-at', '2026-10-05 08:00', '2026-10-06 08:00', { at: '2026-10-07 08:00' }));
    const again = [proposalOf(lifeStory().finished('2026-10-05 08:00')), proposalOf(lifeStory().finished('2026-10-06 08:00'))];
    expect(decideFacts(known, again, contextAt(local('2026-10-20 08:00')))).toEqual({ ok: true, value: [] });
  });

  it('of the same kind and instant with another content is no repetition', () => {
    expect(refusalOf(received().step('a', '2026-10-02 08:00', { by: officer(1) }).step('a', '2026-10-02 08:00', { by: officer(2) }))?.code).toBe('DOSSIER.STEP_ALREADY_ASSIGNED');
  });
});

describe('facts reported together', () => {
  it('are judged each at its own instant, whatever order they are in', () => {
    const proposals = [
      proposalOf(lifeStory().finished('2026-10-06 08:00')), proposalOf(lifeStory().supplementGiven('s1', '2026-10-05 08:00')),
      proposalOf(received()), proposalOf(lifeStory().supplementAsked('s1', '2026-10-02 08:00')), proposalOf(lifeStory().step('a', '2026-09-30 08:00')),
    ];
    const result = decideFacts([], proposals, contextAt(local('2026-10-20 08:00')));
    expect(result.ok && kindsOf(result.value)).toEqual([
      'dossier-received', 'due-date-set', 'supplement-requested', 'step-assigned', 'supplement-completed', 'due-date-set', 'dossier-finished',
    ]);
  });

  it('are all refused if one is', () => {
    const proposals = [proposalOf(received()), proposalOf(lifeStory().reopened('2026-10-05 08:00'))];
    expect(decideFacts([], proposals, contextAt(local('2026-10-20 08:00')))).toMatchObject({ ok: false, error: { code: 'DOSSIER.NOT_ENDED' } });
  });
});

describe('a fact that its status does not allow', () => {
  it('is judged at its own instant: before the end, although that is known already', () => {
    const facts = accepted(received().finished('2026-10-05 08:00').step('a', '2026-10-02 08:00', { recordedAt: '2026-10-06 08:00' }));
    expect(foldDossier(facts).uncounted).toEqual([]);
  });

  it('is refused with a reason, the status and what would be allowed', () => {
    expect(refusalOf(received().finished('2026-10-05 08:00').supplementAsked('s1', '2026-10-06 08:00'))).toEqual({
      code: 'DOSSIER.FINISHED',
      detail:
        'supplement-requested is refused: it is finished; reopen it first. Status of the dossier at that instant: 9 (Đã xử lý xong, finished); ' +
        'allowed then: step-assigned, step-completed, result-returned, dossier-reopened, dossier-corrected, dossier-voided',
    });
  });

  it.each<[string, LifeStory]>([
    ['DOSSIER.ALREADY_REGISTERED', lifeStory().registered('2026-10-01 08:00').registered('2026-10-02 08:00')],
    ['DOSSIER.ALREADY_RECEIVED', received().received('2026-10-02 08:00')],
    ['DOSSIER.ALREADY_RECEIVED', received().registered('2026-10-02 08:00')],
    ['DOSSIER.ALREADY_RECEIVED', received().refused('2026-10-02 08:00')],
    ['DOSSIER.ALREADY_RECEIVED', received().refused('2026-09-30 08:00', { recordedAt: '2026-10-02 08:00' })],
    ['DOSSIER.NOT_RECEIVED', lifeStory().finished('2026-10-01 08:00')],
    ['DOSSIER.NOT_RECEIVED', lifeStory().registered('2026-10-01 08:00').supplementAsked('s1', '2026-10-02 08:00')],
    ['DOSSIER.REFUSED', lifeStory().registered('2026-10-01 08:00').refused('2026-10-02 08:00').received('2026-10-03 08:00')],
    ['DOSSIER.WITHDRAWN', received().withdrawn('2026-10-02 08:00').finished('2026-10-03 08:00')],
    ['DOSSIER.STOPPED', received().stopped('2026-10-02 08:00').transferred('H44.2', '2026-10-03 08:00')],
    ['DOSSIER.FINISHED', received().finished('2026-10-02 08:00').finished('2026-10-03 08:00')],
    ['DOSSIER.RESULT_RETURNED', received().returned('2026-10-02 08:00').finished('2026-10-03 08:00')],
    ['DOSSIER.RESULT_RETURNED', received().withdrawn('2026-10-02 08:00').returned('2026-10-03 08:00').returned('2026-10-04 08:00')],
    ['DOSSIER.NOT_ENDED', received().reopened('2026-10-02 08:00')],
    ['DOSSIER.END_BEFORE_RECEIPT', received().finished('2026-09-30 08:00', { recordedAt: '2026-10-02 08:00' })],
    ['DOSSIER.STEP_ALREADY_ASSIGNED', received().step('a', '2026-10-02 08:00').step('a', '2026-10-03 08:00')],
    ['DOSSIER.STEP_UNKNOWN', received().stepDone('a', '2026-10-02 08:00')],
    ['DOSSIER.STEP_ALREADY_COMPLETED', received().step('a', '2026-10-02 08:00').stepDone('a', '2026-10-03 08:00').stepDone('a', '2026-10-04 08:00')],
    ['DOSSIER.SUPPLEMENT_ALREADY_REQUESTED', received().supplementAsked('s1', '2026-10-02 08:00').supplementAsked('s1', '2026-10-03 08:00')],
    ['DOSSIER.NO_SUPPLEMENT_OPEN', received().supplementGiven('s1', '2026-10-02 08:00')],
    ['DOSSIER.NO_SUPPLEMENT_OPEN', received().supplementAsked('s1', '2026-10-02 08:00').supplementGiven('s2', '2026-10-03 08:00')],
    ['DOSSIER.NO_SUPPLEMENT_OPEN', received().obligationAsked('2026-10-02 08:00').supplementGiven('s1', '2026-10-03 08:00')],
    ['DOSSIER.OBLIGATION_ALREADY_OPEN', received().obligationAsked('2026-10-02 08:00').obligationAsked('2026-10-03 08:00')],
    ['DOSSIER.NO_OBLIGATION_OPEN', received().obligationMet('2026-10-02 08:00')],
    ['DOSSIER.NO_OBLIGATION_OPEN', received().supplementAsked('s1', '2026-10-02 08:00').obligationMet('2026-10-03 08:00')],
    ['DOSSIER.ALREADY_WITH_UNIT', received().transferred('H44.114', '2026-10-02 08:00')],
    ['DOSSIER.EXTENSION_NOT_LATER', received().extended('2026-10-02 08:00', '2026-10-03 24:00')],
    ['DOSSIER.NOTHING_TO_CORRECT', received().corrected('finished-at', '2026-10-02 08:00', '2026-10-03 08:00', { at: '2026-10-04 08:00' })],
    ['DOSSIER.CORRECTION_OUTDATED', received().corrected('channel', 'postal', 'online', { at: '2026-10-04 08:00' })],
    ['DOSSIER.VOIDED', received().voided('2026-10-02 08:00').finished('2026-10-03 08:00')],
    ['DOSSIER.VOIDED', received().voided('2026-10-02 08:00').voided('2026-10-03 08:00')],
  ])('is refused by %s', (code, story) => {
    expect(refusalOf(story)?.code).toBe(code);
  });

  it('cannot be extended without a due date', () => {
    const result = decided(received().extended('2026-10-02 08:00', '2026-10-30 24:00'), { term: null });
    expect(result).toMatchObject({ ok: false, error: { code: 'DOSSIER.NO_DUE_DATE' } });
  });
});

describe('a fact that is possible and does not count', () => {
  it('is accepted and flagged: an end moved earlier', () => {
    const facts = accepted(received().finished('2026-10-16 08:00').corrected('finished-at', '2026-10-16 08:00', '2026-10-05 08:00', { at: '2026-10-17 08:00' }));
    expect(foldDossier(facts)).toMatchObject({ endedAt: local('2026-10-16 08:00'), uncounted: [{ reason: 'end-moved-earlier' }] });
  });

  it('is not recorded again when the source repeats it', () => {
    const story = () => received().finished('2026-10-16 08:00').corrected('finished-at', '2026-10-16 08:00', '2026-10-05 08:00', { at: '2026-10-17 08:00' });
    const again = proposalOf(lifeStory().corrected('finished-at', '2026-10-16 08:00', '2026-10-05 08:00', { at: '2026-10-18 08:00' }));
    expect(decideFacts(accepted(story()), [again], contextAt(local('2026-10-18 08:00')))).toEqual({ ok: true, value: [] });
  });

  it('is accepted and flagged: in a snapshot, an end before the receipt', () => {
    const facts = accepted(received().finished('2026-09-30 08:00', { recordedAt: '2026-10-02 08:00' }), { reportedBy: 'snapshot' });
    expect(foldDossier(facts)).toMatchObject({ endedAt: local('2026-10-01 08:00'), uncounted: [{ reason: 'end-before-start' }] });
  });

  it.each<[string, LifeStory, object]>([
    ['done after returned', received().returned('2026-10-05 08:00').finished('2026-10-06 08:00'), { endedAt: local('2026-10-05 08:00'), endStatus: 10 }],
    ['a supplement asked for before the receipt', received().supplementAsked('s1', '2026-09-29 08:00', { recordedAt: '2026-10-02 08:00' }), { waits: [] }],
    ['a supplement asked for before the receipt and given after it', received().supplementAsked('s1', '2026-09-29 08:00', { recordedAt: '2026-10-02 08:00' }).supplementGiven('s1', '2026-10-03 08:00'), { waits: [] }],
    ['a supplement given before it was asked for', received().supplementAsked('s1', '2026-10-05 08:00').supplementGiven('s1', '2026-10-04 08:00'), { waits: [{ to: local('2026-10-05 08:00') }] }],
  ])('is accepted and marked in a snapshot: %s', (_, story, expected) => {
    const view = foldDossier(accepted(story, { reportedBy: 'snapshot' }));
    expect(view).toMatchObject({ ...expected, receivedAt: local('2026-10-01 08:00') });
    expect(view.uncounted.map(({ reason }) => reason)).toContain('impossible-in-status');
    expect(decided(story).ok).toBe(false);
  });

  it('is accepted and flagged: an invalid extension', () => {
    const facts = accepted(received().extended('2026-10-02 08:00', '2026-10-30 24:00', { apology: false }));
    expect(foldDossier(facts)).toMatchObject({ uncounted: [{ reason: 'extension-invalid' }] });
  });

  it('is accepted and flagged: a void after the due instant, and life goes on', () => {
    const facts = accepted(received().voided('2026-11-02 08:00').finished('2026-11-03 08:00'));
    expect(foldDossier(facts)).toMatchObject({ voided: false, endedAt: local('2026-11-03 08:00') });
  });
});

describe('a correction', () => {
  it('to what is known already adds nothing', () => {
    const known = accepted(received().corrected('channel', 'in-person', 'online', { at: '2026-10-04 08:00' }));
    const again = proposalOf(lifeStory().corrected('channel', 'in-person', 'online', { at: '2026-10-05 08:00' }));
    expect(decideFacts(known, [again], contextAt(local('2026-10-05 08:00')))).toEqual({ ok: true, value: [] });
  });

  it('may go there and back again', () => {
    const facts = accepted(
      received().corrected('channel', 'in-person', 'online', { at: '2026-10-04 08:00' }).corrected('channel', 'online', 'in-person', { at: '2026-10-05 08:00' })
        .corrected('channel', 'in-person', 'online', { at: '2026-10-06 08:00' }),
    );
    expect(foldDossier(facts).channel).toBe('online');
  });

  it('may fill in what the fact had left out', () => {
    const facts = accepted(
      received().step('a', '2026-10-02 08:00').corrected('step-deadline', '2026-10-05 17:00', '2026-10-06 17:00', { at: '2026-10-04 08:00', part: 'a' }),
    );
    expect(foldDossier(facts).steps).toMatchObject([{ deadline: local('2026-10-06 17:00') }]);
  });
});
