"use strict";
var __spreadArray = (this && this.__spreadArray) || function (to, from, pack) {
    if (pack || arguments.length === 2) for (var i = 0, l = from.length, ar; i < l; i++) {
        if (ar || !(i in from)) {
            if (!ar) ar = Array.prototype.slice.call(from, 0, i);
            ar[i] = from[i];
        }
    }
    return to.concat(ar || Array.prototype.slice.call(from));
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.counted = exports.words = exports.Trimmed = exports.short = exports.Genre = void 0;
var Genre;
(function (Genre) {
    Genre["Novel"] = "novel";
    Genre["Poem"] = "poem";
})(Genre || (exports.Genre = Genre = {}));
exports.short = { length: 20 };
var Trimmed = /** @class */ (function () {
    function Trimmed(length) {
        this.length = length;
    }
    Trimmed.prototype.options = function () {
        return { length: this.length, nullable: true };
    };
    return Trimmed;
}());
exports.Trimmed = Trimmed;
exports.words = __spreadArray(['title'], ['genre'], false);
/** A function that is wrapped as classes are. */
var counted = (function () {
    var count = 0;
    function counted() {
        return { length: ++count };
    }
    return counted;
})();
exports.counted = counted;
