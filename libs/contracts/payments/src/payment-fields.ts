import { z } from 'zod';

/** Whole đồng. */
export const amountFrom = (least: 0 | 1) => z.int().min(least);

/** Where money was paid. */
export const paymentChannel = z.enum(['national-portal', 'province-gateway', 'cash']);

/** A name of a provider: `bank-a`; `national-sync` where a push states the payment, `cash-desk` for cash. */
export const providerName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/);

/** What a provider calls a payment or a refund. No white space, so that no sentence fits in. */
export const providerReference = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$/);

/** What a payment is known by. */
export const paymentKey = { provider: providerName, reference: providerReference };
