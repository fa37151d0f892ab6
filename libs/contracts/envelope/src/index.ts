export {
  defineFact, defineTopic, topicsIn, type DataOf, type FactContract, type FactOfTopic, type TopicContract, type Visibility,
} from './contract';
export { asyncApiOf } from './async-api';
export { publishedSchemaOf, type PublishedSchema } from './published-schemas';
export { ALL_TOPICS_HEAD, topicDocuments } from './topic-documents';
export { dataSchemaOf, envelopeOf, recordId, sourceOf, type Envelope } from './envelope';
export { factFields, timeBasis } from './fact-fields';
export { CONTENT_TYPE, HEADER, SPEC_VERSION, headerText, type RawHeader, type RawHeaders, type RawRecord } from './headers';
export {
  ContractViolation, MAX_VALUE_BYTES, decodeRecord, encodeRecord, encodeTombstone, isTombstone, type DecodedRecord, type EncodedRecord, type EncodedTombstone,
} from './record';
export {
  WATERMARK_KEY, WATERMARK_TYPE, decodeWatermark, encodeWatermark, isWatermark, type Watermark,
} from './watermark';
export {
  wireCode, wireDossierId, wireInstant, wireLocalDay, wireOfficerPseudonym, wirePetitionId, wireProcedureCode, wireUnitCode,
} from './wire-text';
