export { paymentFactContracts, paymentTopic } from './topics';
export { amountFrom, providerName, providerReference } from './payment-fields';
