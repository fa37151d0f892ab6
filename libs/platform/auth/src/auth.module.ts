import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthGuard } from './auth.guard';
import { Authenticator, createAuthenticator, type AuthConfig } from './authenticator';

/** Where the start is announced; a pino logger fits. */
export interface AuthLog {
  warn(fields: object, message: string): void;
}

/** Guards every route of the application that imports it, in all of its modules. */
@Module({})
export class AuthModule {
  static forRoot(config: AuthConfig, log: AuthLog): DynamicModule {
    return {
      module: AuthModule,
      global: true,
      providers: [
        {
          provide: Authenticator,
          useFactory: async () => {
            const authenticator = await createAuthenticator(config);
            if (config.mode === 'local') {
              log.warn({ mode: 'local' }, 'AUTH_MODE=local: tokens of the development key are accepted');
            }
            return authenticator;
          },
        },
        { provide: APP_GUARD, useClass: AuthGuard },
      ],
      exports: [Authenticator],
    };
  }
}
