export default {
  app: {name: 'Admin', vendor: 'Coursera Casework'},
  customScripts: ['../../../webapps.js']
};
