export { dossierFeedbackContracts, dossierFeedbackTopic, petitionFactContracts, petitionTopic } from './topics';
export { petitionAbout, petitionClass, ratingId, verdict } from './feedback-fields';
