export default {
  app: {name: 'Welcome', vendor: 'Coursera Casework'},
  customScripts: ['../../../webapps.js']
};
