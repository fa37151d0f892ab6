import 'reflect-metadata';
import { runService } from '@index766/platform-http';
import { loadFeedbackConfig } from './feedback.config';
import { startFeedback } from './start-feedback';

void runService(() => startFeedback(loadFeedbackConfig()));
