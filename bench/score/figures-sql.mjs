// The whole index of a period by SQL that PostgreSQL and DuckDB both read: index-766.md §2 to §4 of every unit, province and the
// country. One row each: numerator, denominator and points of every indicator, points of every group, the total.
import { toDecimalText } from '@index766/index-766';
import { LEVEL } from './rows.mjs';

/** Sums of what cases and petitions give; `synchronised` of `reported` is what a unit reported, where it did. */
const CASE_SUMS = [
  'held', 'on_time', 'received', 'online', 'pushed', 'owing', 'paid_online', 'dissatisfied', 'with_result', 'digitised', 'reused', 'store_used', 'population_data',
  'resolved', 'worked_seconds',
];
const PETITION_SUMS = ['petitions', 'about_rules', 'about_officers', 'petitions_on_time', 'petitions_satisfied'];
const SUMS = [...CASE_SUMS.filter((name) => name !== 'received' && name !== 'pushed'), ...PETITION_SUMS, 'received', 'synchronised', 'reported', 'communes', 'asked', 'copies'];
const FLAGS = ['online', 'fee', 'citizen', 'used', 'carried', 'population', 'paid'];
const PUBLICATION = {
  announced_due: 'announced_by between {first} and {day}', announced_in_time: 'announced_by between {first} and {day} and announced_on <= announced_by',
  public_due: 'public_by between {first} and {day}', public_in_time: 'public_by between {first} and {day} and public_on <= public_by',
  public: 'public_on <= {day}', public_in_full: 'public_on <= {day} and in_full', announced: 'announced_on <= {day}',
  announced_online: 'announced_on <= {day} and online',
};

/** Numerator and denominator of each measure that an indicator is fed by. */
const PAIRS = {
  'procedures-announced-on-time': ['announced_in_time', 'announced_due'], 'procedures-public-on-time': ['public_in_time', 'public_due'],
  'procedures-public-in-full': ['public_in_full', 'public'], 'procedures-provided-online': ['announced_online', 'announced'],
  'dossiers-synchronised': ['synchronised', 'reported'], 'on-time': ['on_time', 'held'], 'processing-time': ['worked_seconds', 'resolved'],
  'online-services-used': ['services_used', 'services'], 'received-online': ['online', 'received'], 'dossiers-paid-online': ['paid_online', 'owing'],
  'procedures-paid-online': ['procedures_paid', 'procedures_with_fees'], 'procedures-fee-synchronised': ['procedures_carried', 'procedures_with_fees'],
  'petitions-about-rules': ['about_rules', 'petitions'], 'petitions-about-officers': ['about_officers', 'petitions'],
  'petitions-on-time': ['petitions_on_time', 'petitions'], 'petitions-satisfied': ['petitions_satisfied', 'petitions'],
  'dossiers-satisfied': ['greatest(0, on_time - dissatisfied)', 'held'], 'electronic-results': ['with_result', 'held'], 'dossiers-digitised': ['digitised', 'held'],
  'components-reused': ['reused', 'held'], 'personal-store-used': ['store_used', 'held'], 'population-data-used': ['population_data', 'held'],
  'procedures-population-data-used': ['citizens_served', 'citizens'],
  'certified-copies-offered': ['case when asked > 0 then copies else 0 end', 'case when asked > 0 then communes else 0 end'],
};
const EMPTY = { null: () => 'null', zero: () => '0.0', full: (max) => max };

export function indexSql(period, definition) {
  const scored = pointsSql(definition);
  return `
    with ${casesSql(period)}, ${petitionsSql(period)}, ${sumsSql(period)}, ${proceduresSql(period)}, ${publicationsSql(period)}, pairs as (
      select all_sums.*, ${Object.keys(PUBLICATION).join(', ')}, services, services_used, procedures_with_fees, procedures_paid, procedures_carried, citizens, citizens_served
      from all_sums join counted_procedures using (unit) left join shown on shown.unit = case when level = ${LEVEL.commune} then parent else all_sums.unit end
    ), scored as (select unit, ${scored.indicators} from pairs), grouped as (select *, ${scored.groups} from scored)
    select *, ${scored.total} as total from grouped`;
}

function casesSql({ start, end }) {
  return `
    held as (
      select dossiers.*, has_result, coalesce(ended_at < ${end}, false) as ended,
        case when ended_at < ${end} then ended_at when wait_from < ${end} and wait_to >= ${end} then wait_from else ${end} end as clock
      from dossiers join procedures using (procedure) where received_at < ${end} and (ended_at is null or ended_at >= ${start})
    ), judged as (
      select *, case when due_at is null then not ended else clock <= due_at end as is_on_time, received_at >= ${start} as is_received,
        coalesce(paid_online and paid_at < ${end}, false) as is_paid, not has_result or coalesce(result_at < ${end}, false) as has_any_result
      from held
    ), by_procedure as (
      select unit, procedure, count(*) as held, count(*) filter (where is_on_time) as on_time, count(*) filter (where is_received) as received,
        count(*) filter (where is_received and channel = 1) as online, count(*) filter (where is_received and pushed) as pushed,
        count(*) filter (where is_paid or (fee_from < ${end} and (waived_at is null or waived_at >= ${end}))) as owing,
        count(*) filter (where is_paid and (refunded_at is null or refunded_at >= ${end})) as paid_online,
        count(*) filter (where dissatisfied_from < ${end}) as dissatisfied, count(*) filter (where has_any_result) as with_result,
        count(*) filter (where has_any_result and digitised_at < ${end}) as digitised, count(*) filter (where reused_at < ${end}) as reused,
        count(*) filter (where store_at < ${end}) as store_used, count(*) filter (where population_at < ${end}) as population_data,
        count(*) filter (where ended and resolved) as resolved, coalesce(sum(worked_seconds) filter (where ended and resolved), 0) as worked_seconds,
        count(*) filter (where fee_from < ${end}) as carried
      from judged group by unit, procedure
    ), case_sums as (select unit, ${sumsOf(CASE_SUMS)} from by_procedure group by unit)`;
}

function petitionsSql({ start, end }) {
  const dueAt = `case when transferred_at < ${end} then next_due_at else due_at end`;
  return `
    received_petitions as (
      select case when transferred_at < ${end} then next_unit else unit end as unit, class,
        case when reacted_at < ${end} then reacted_at <= reaction_due_at else ${end} <= ${dueAt} end as is_on_time,
        coalesce(unsatisfied_from < ${end} and (unsatisfied_to is null or unsatisfied_to >= ${end}), false) or coalesce(repeated_from < ${end}, false) as is_blamed
      from petitions where received_at >= ${start} and received_at < ${end}
    ), petition_sums as (
      select unit, count(*) as petitions, count(*) filter (where class = 1) as about_rules, count(*) filter (where class = 2) as about_officers,
        count(*) filter (where is_on_time) as petitions_on_time, count(*) filter (where is_on_time and not is_blamed) as petitions_satisfied
      from received_petitions group by unit
    )`;
}

/** What is reported stands instead of what was counted, also in what is above. */
function sumsSql({ name, lastDay }) {
  const counted = [...CASE_SUMS, ...PETITION_SUMS].map((sum) => `coalesce(${sum}, 0) as ${sum}`).join(', ');
  const above = (below, level) => `
      select units.unit, units.parent, units.level, ${SUMS.filter((sum) => sum !== 'synchronised' && sum !== 'reported').map((sum) => `below.${sum}`).join(', ')},
        coalesce(reports.synchronised, below.synchronised) as synchronised, coalesce(reports.report, below.reported) as reported
      from units join (select parent as unit, ${sumsOf(SUMS)} from ${below} group by parent) below using (unit)
      left join reports on reports.unit = units.unit and period = '${name}' where units.level = ${level}`;
  const columns = ['unit', 'parent', 'level', ...SUMS].join(', ');
  return `
    offers as (
      select unit, max(case when copies then 1 else 0 end) as copies from stocks
      where copies is not null and ${validOn(lastDay)} group by unit
    ), own as (
      select units.unit, parent, level, ${counted}, 1 as communes, case when offers.copies is null then 0 else 1 end as asked, coalesce(offers.copies, 0) as copies
      from units left join case_sums using (unit) left join petition_sums using (unit) left join offers using (unit) where level = ${LEVEL.commune}
    ), commune_sums as (
      select own.*, coalesce(synchronised, pushed) as synchronised, coalesce(report, received) as reported
      from own left join reports on reports.unit = own.unit and period = '${name}'
    ), province_sums as (${above('commune_sums', LEVEL.province)}), country_sums as (${above('province_sums', LEVEL.country)}),
    all_sums as (select ${columns} from commune_sums union all select ${columns} from province_sums union all select ${columns} from country_sums)`;
}

/** Distinct counts are made of what units have, united for what is above them. */
function proceduresSql({ start, end, lastDay }) {
  const united = (below) => `
      select parent as unit, procedure, ${FLAGS.map((flag) => `bool_or(${flag}) as ${flag}`).join(', ')} from ${below} join units using (unit) group by parent, procedure`;
  return `
    touched as (select unit, procedure, online > 0 as used, carried > 0 as carried, population_data > 0 as population from by_procedure),
    payments as (
      select distinct unit, procedure, true as paid from dossiers where paid_online and paid_at >= ${start} and paid_at < ${end}
    ), valid_stocks as (select * from stocks where ${validOn(lastDay)}), commune_procedures as (
      select unit, procedure, ${FLAGS.map((flag) => `coalesce(${flag}, false) as ${flag}`).join(', ')}
      from valid_stocks full join touched using (unit, procedure) full join payments using (unit, procedure)
    ), province_procedures as (${united('commune_procedures')}), country_procedures as (${united('province_procedures')}), counted_procedures as (
      select unit, count(*) filter (where online) as services, count(*) filter (where online and used) as services_used,
        count(*) filter (where fee or paid) as procedures_with_fees, count(*) filter (where paid) as procedures_paid,
        count(*) filter (where fee and carried) as procedures_carried, count(*) filter (where citizen) as citizens,
        count(*) filter (where citizen and population) as citizens_served
      from (select * from commune_procedures union all select * from province_procedures union all select * from country_procedures) everywhere group by unit
    )`;
}

/** A province's sets are shown by the units below it, and united for the country. */
function publicationsSql({ firstDay, lastDay }) {
  const on = (condition) => condition.replaceAll('{first}', String(firstDay)).replaceAll('{day}', String(lastDay));
  const names = Object.keys(PUBLICATION);
  return `
    published as (
      select unit, procedure, ${Object.entries(PUBLICATION).map(([name, condition]) => `coalesce(${on(condition)}, false) as ${name}`).join(', ')}
      from publications where ${validOn(lastDay)}
    ), published_anywhere as (
      select parent as unit, procedure, ${names.map((name) => `bool_or(${name}) as ${name}`).join(', ')} from published join units using (unit) group by parent, procedure
    ), shown as (
      select unit, ${names.map((name) => `count(*) filter (where ${name}) as ${name}`).join(', ')}
      from (select * from published union all select * from published_anywhere) everywhere group by unit
    )`;
}

/** Points of doubles; what has no denominator has what its rule says, what nobody supplies has nothing. */
function pointsSql({ groups }) {
  const [indicators, grouped] = [[], []];
  for (const { id, indicators: ofGroup } of groups) {
    const points = [];
    for (const { id: indicator, measure, kind, max, target, whenEmpty } of ofGroup) {
      const [name, [n, d]] = [indicator.replaceAll(/\W/gu, '_'), PAIRS[measure]];
      indicators.push(`${n} as n_${name}`, `${d} as d_${name}`);
      if (kind === 'shown') continue;
      const share = `cast(${n} as double precision) / ${d} / ${toDecimalText(target, 4)}`;
      indicators.push(`case when ${d} = 0 then ${EMPTY[whenEmpty](`${max}.0`)} when ${d} > 0 then ${max}.0 * least(1.0, ${share}) end as p_${name}`);
      points.push(`p_${name}`);
    }
    grouped.push(`${sumOfPoints(points)} as g_${id}`);
  }
  return { indicators: indicators.join(', '), groups: grouped.join(', '), total: sumOfPoints(groups.map(({ id }) => `g_${id}`)) };
}

function sumOfPoints(points) {
  return `case when coalesce(${points.join(', ')}) is not null then ${points.map((each) => `coalesce(${each}, 0.0)`).join(' + ')} end`;
}

function sumsOf(names) {
  return names.map((name) => `cast(sum(${name}) as bigint) as ${name}`).join(', ');
}

function validOn(day) {
  return `valid_from <= ${day} and (valid_to is null or valid_to >= ${day})`;
}
