/** What every service is given: where its database is, whom it believes. */
const COMMON = ['mongo-uri', 'signing-key.public.pem', 'source-tokens.json'];
const OWN = {
  catalog: [],
  dossiers: ['officer-pseudonym-key'],
  payments: ['payment-providers.json'],
  digitization: [],
  feedback: ['rating-token-key'],
  aggregator: ['edition-key.pem', 'edition-earlier-keys.json'],
};

/** The files of a compose installation's secrets that each service gets, in a volume of its own; some are there only when somebody made them. */
export const GIVEN_SECRETS = Object.fromEntries(Object.entries(OWN).map(([service, files]) => [service, [...COMMON, `kafka-${service}-password`, ...files]]));
