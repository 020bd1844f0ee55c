exports.columns = { id: { type: Number, primary: true, generated: true } };
