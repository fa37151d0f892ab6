module.exports = require('./jest.workspace.cjs').configFor('e2e');
