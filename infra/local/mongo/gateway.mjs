import fs from 'node:fs';
import path from 'node:path';
import { buildWithGo } from '../go.mjs';

/** FerretDB speaks MongoDB's protocol in front of the engine. */
const GATEWAY = 'github.com/FerretDB/FerretDB/v2/cmd/ferretdb@v2.7.0';
const gatewayFile = (folder) => path.join(folder, 'ferretdb');

export const isGatewayBuilt = (folder) => fs.existsSync(gatewayFile(folder));

/** Builds the gateway into `folder`; returns its file. Nothing about its source is changed. */
export function buildGateway(folder, log) {
  return buildWithGo(gatewayFile(folder), { what: 'the database gateway', module: GATEWAY, binary: 'ferretdb', log });
}
