import path from 'node:path';
import { describeContracts } from '@index766/testing-contracts';
import { calendarTopic, officerTopic, procedureTopic, reportedFigureTopic, unitTopic } from './topics';

describeContracts(path.join(__dirname, '..'), [unitTopic, procedureTopic, calendarTopic, reportedFigureTopic, officerTopic]);
