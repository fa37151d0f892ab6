// The figures of every unit by SQL that PostgreSQL and DuckDB both read: sums and distinct counts of index-766.md §4.

/** Names of the sums, in the order of the columns. */
export const SUMS = [
  'held', 'on_time', 'received', 'received_online', 'pushed', 'owing', 'paid_online', 'satisfied', 'with_result', 'digitised', 'reused', 'store_used',
  'population_data', 'resolved', 'archived', 'worked_seconds',
];
export const DISTINCT = ['offered', 'used', 'with_fees', 'paid', 'fee_synchronised', 'citizen', 'population_data'];

export function sumsSql({ start, end }) {
  return `
    with held as (
      select *, coalesce(ended_at < ${end}, false) as ended,
        case when ended_at < ${end} then ended_at when wait_from < ${end} and wait_to >= ${end} then wait_from else ${end} end as clock
      from dossiers where received_at < ${end} and (ended_at is null or ended_at >= ${start})
    ), judged as (
      select *, case when due_at is null then not ended else clock <= due_at end as on_time,
        coalesce(paid_online and paid_at < ${end}, false) as paid, coalesce(dissatisfied_from < ${end}, false) as dissatisfied
      from held
    )
    select unit, count(*), count(*) filter (where on_time), count(*) filter (where received_at >= ${start}),
      count(*) filter (where received_at >= ${start} and channel = 1), count(*) filter (where received_at >= ${start} and pushed),
      count(*) filter (where paid or (fee_from < ${end} and (waived_at is null or waived_at >= ${end}))),
      count(*) filter (where paid and (refunded_at is null or refunded_at >= ${end})),
      count(*) filter (where on_time) - count(*) filter (where dissatisfied),
      count(*) filter (where result_at < ${end}), count(*) filter (where result_at < ${end} and digitised_at < ${end}),
      count(*) filter (where reused_at < ${end}), count(*) filter (where store_at < ${end}), count(*) filter (where population_at < ${end}),
      count(*) filter (where ended and resolved), count(*) filter (where ended and resolved and archived_at < ${end}),
      coalesce(sum(worked_seconds) filter (where ended and resolved), 0)
    from judged group by unit order by unit`;
}

export function distinctSql({ start, end }) {
  return `
    with touched as (
      select unit, procedure, bool_or(received_at >= ${start} and channel = 1) as used, bool_or(coalesce(fee_from < ${end}, false)) as carried,
        bool_or(coalesce(population_at < ${end}, false)) as population
      from dossiers where received_at < ${end} and (ended_at is null or ended_at >= ${start}) group by unit, procedure
    ), payments as (
      select distinct unit, procedure, true as paid from dossiers where paid_online and paid_at >= ${start} and paid_at < ${end}
    ), procedures as (
      select unit, procedure, coalesce(online, false) as online, coalesce(fee, false) as fee, coalesce(citizen, false) as citizen,
        coalesce(used, false) as used, coalesce(carried, false) as carried, coalesce(population, false) as population, coalesce(paid, false) as paid
      from stocks full join touched using (unit, procedure) full join payments using (unit, procedure)
    )
    select unit, count(*) filter (where online), count(*) filter (where online and used), count(*) filter (where fee or paid),
      count(*) filter (where paid), count(*) filter (where fee and carried), count(*) filter (where citizen),
      count(*) filter (where citizen and population)
    from procedures group by unit order by unit`;
}

/** One line for each unit, of sums and of distinct counts: equal texts are equal figures. */
export function figuresText(sums, distinct) {
  return [...sums, ...distinct].map((row) => row.map(Number).join(',')).join('\n');
}
