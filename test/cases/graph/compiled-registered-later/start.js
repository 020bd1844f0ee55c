"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.start = start;
const typeorm_1 = require("typeorm");
const columns_1 = require("./columns");
/** Called when the app starts, before its DataSource is initialised. */
function start() {
    const { entity, property } = (0, columns_1.generatedColumn)();
    (0, typeorm_1.PrimaryGeneratedColumn)('increment')(entity, property);
    for (const [owner, columns] of (0, columns_1.notedColumns)())
        for (const { property: name, nullable } of columns)
            (0, typeorm_1.Column)({ type: 'int', nullable })(owner, name);
}
