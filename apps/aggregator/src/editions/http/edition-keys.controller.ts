import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { formatInstant, type Instant } from '@index766/kernel';
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

  @ApiOperation({ summary: 'Every public key that editions were signed with, the present one last, each with when it signed; none: nothing can be published here' })
  @Answers(KEYS_ANSWER)
  @Get()
  keys() {
    return {
      keys: this.seal.publishedKeys.map(({ keyId, publicKeyPem, validFrom, validTo }) => ({
        keyId, algorithm: 'Ed25519', publicKey: publicKeyPem, validFrom: instantText(validFrom), validTo: instantText(validTo),
      })),
    };
  }
}

function instantText(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
