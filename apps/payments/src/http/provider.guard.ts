import { Injectable, createParamDecorator, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Instant } from '@index766/kernel';
import { RefusalException, rawBodyOf } from '@index766/platform-http';
import type { Request } from 'express';
import { PaymentMetrics } from '../payment-metrics';
import { SIGNATURE_HEADER, TIMESTAMP_HEADER, checkSignature } from '../providers/event-signature';
import type { PaymentProvider } from '../providers/payment-providers';

/** The request as the guard leaves it. */
interface SignedByProvider extends Request {
  paymentProvider?: PaymentProvider;
}

/** Whose events are taken, and how long after they were signed. */
export class ProviderKeys {
  private readonly byName: ReadonlyMap<string, PaymentProvider>;

  constructor(providers: readonly PaymentProvider[], private readonly clock: { now(): Instant }, private readonly toleranceMs: number) {
    this.byName = new Map(providers.map((provider) => [provider.name, provider]));
  }

  /** Throws the refusal. An unknown provider is answered as a wrong signature: nobody is told who has keys here. */
  signerOf(name: string, request: Request): PaymentProvider {
    const provider = this.byName.get(name);
    const checked = checkSignature(
      { timestamp: request.get(TIMESTAMP_HEADER), signature: request.get(SIGNATURE_HEADER), body: rawBodyOf(request) },
      { keys: provider?.keys ?? [], now: this.clock.now(), toleranceMs: this.toleranceMs },
    );
    if (!checked.ok) throw new RefusalException(checked.error);
    if (provider === undefined) throw new Error('a signature fits though there is no key');
    return provider;
  }
}

/** Checks the signature over the bytes of the body, before anything is made of it. */
@Injectable()
export class ProviderGuard implements CanActivate {
  constructor(private readonly keys: ProviderKeys, private readonly metrics: PaymentMetrics) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<SignedByProvider>();
    try {
      request.paymentProvider = this.keys.signerOf(String(request.params['provider']), request);
      return true;
    } catch (error) {
      if (error instanceof RefusalException) this.metrics.eventRefused(error.refusal);
      throw error;
    }
  }
}

/** The provider that signed the request: for routes behind `ProviderGuard`. */
export const SigningProvider = createParamDecorator((_: unknown, context: ExecutionContext): PaymentProvider => {
  const { paymentProvider } = context.switchToHttp().getRequest<SignedByProvider>();
  if (paymentProvider === undefined) throw new Error('a route without ProviderGuard asks for the provider');
  return paymentProvider;
});
