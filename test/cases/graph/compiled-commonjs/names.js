"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Defaults = exports.Lengths = exports.Tables = exports.prefix = void 0;
exports.prefix = 'lib_';
var Tables;
(function (Tables) {
    Tables["Shelves"] = "shelves";
    Tables["Readers"] = "readers";
})(Tables || (exports.Tables = Tables = {}));
var Lengths;
(function (Lengths) {
    Lengths.short = 40;
    let Keys;
    (function (Keys) {
        Keys.name = 'key_code';
    })(Keys = Lengths.Keys || (Lengths.Keys = {}));
})(Lengths || (exports.Lengths = Lengths = {}));
class Defaults {
    static { this.owner = 'owner_ref'; }
}
exports.Defaults = Defaults;
