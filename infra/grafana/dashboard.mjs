// Parts of a dashboard as Grafana reads it: what a panel has to say for itself is an argument, what is the same for all is here.
const DATASOURCE = { type: 'prometheus', uid: '$datasource' };
const [COLUMNS, HEIGHT] = [24, 8];

/** @typedef {{ expr: string, legend: string }} Query */
/** @typedef {{ title: string, description: string, unit: string, queries: Query[], width?: number, kind?: string }} Panel */

/** Title and description in Vietnamese and English, a unit of Grafana, at least one query with its legend. */
export const panel = (title, description, unit, queries, { kind = 'timeseries', width = 12 } = {}) => ({ title, description, unit, queries, kind, width });

export const query = (expr, legend) => ({ expr, legend });

function placed(panels) {
  let [x, y] = [0, 0];
  return panels.map(({ title, description, unit, queries, kind, width }, at) => {
    if (x + width > COLUMNS) [x, y] = [0, y + HEIGHT];
    const gridPos = { x, y, w: width, h: HEIGHT };
    x += width;
    return {
      id: at + 1, type: kind, title, description, datasource: DATASOURCE, gridPos,
      fieldConfig: { defaults: { unit }, overrides: [] },
      targets: queries.map(({ expr, legend }, place) => ({
        refId: String.fromCharCode(65 + place), expr, legendFormat: legend, datasource: DATASOURCE, ...(kind === 'timeseries' ? {} : { instant: true }),
      })),
    };
  });
}

/** A variable whose values are those of a label; several may be chosen. */
export const labelVariable = (name, label, description, metric) => ({
  name, label, description, type: 'query', datasource: DATASOURCE, query: `label_values(${metric}, ${name})`, refresh: 2, sort: 1,
  multi: true, includeAll: true, allValue: '.+', current: { text: 'All', value: '$__all' },
});

/** @param {{ uid: string, title: string, description: string, variables?: object[], panels: Panel[] }} given */
export function dashboard({ uid, title, description, variables = [], panels }) {
  return {
    uid, title, description, tags: ['index766'], timezone: 'Asia/Ho_Chi_Minh', schemaVersion: 39, version: 1, editable: false,
    time: { from: 'now-6h', to: 'now' }, refresh: '30s',
    templating: {
      list: [
        { name: 'datasource', label: 'Nguồn số liệu / Data source', description: 'Máy chủ Prometheus được hỏi / The Prometheus server that is asked', type: 'datasource', query: 'prometheus', current: { text: 'Prometheus', value: 'prometheus' } },
        ...variables,
      ],
    },
    panels: placed(panels),
  };
}
