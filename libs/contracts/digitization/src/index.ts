export { documentFactContracts, documentTopic } from './topics';
