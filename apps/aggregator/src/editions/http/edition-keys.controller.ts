import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '@index766/platform-auth';
import { Answers } from '@index766/platform-http';

import type { EditionSeal } from '../edition-seal';
import { KEYS_ANSWER } from './edition-schemas';

export const EDITION_SEAL = Symbol('EDITION_SEAL');

/** With what anyone checks the signature of an edition. */
@ApiTags('editions')
@Public()
@Controller('v1/edition-keys')
export class EditionKeysController {
  constructor(@Inject(EDITION_SEAL) private readonly seal: EditionSeal) {}

  @ApiOperation({ summary: 'The public keys that editions are signed with; none: nothing can be published here' })
  @Answers(KEYS_ANSWER)
  @Get()
  keys() {
    const { key } = this.seal;
    return { keys: key === null ? [] : [{ keyId: key.keyId, algorithm: 'Ed25519', publicKey: key.publicKeyPem }] };
  }
}
