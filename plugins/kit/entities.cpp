#include "kit/entities.hpp"

#include "kit/ascii.hpp"
#include "kit/utf8.hpp"

#include <algorithm>
#include <iterator>

namespace crier::kit {
namespace {

struct Named {
    std::string_view name;
    char32_t code;
};

// HTML 4's names and the usual ones beyond them, sorted by name.
constexpr Named names[] = {
    {"AElig", 198},      {"AMP", 38},          {"Aacute", 193},      {"Abreve", 258},
    {"Acirc", 194},      {"Agrave", 192},      {"Alpha", 913},       {"Amacr", 256},
    {"Aogon", 260},      {"Aring", 197},       {"Atilde", 195},      {"Auml", 196},
    {"Beta", 914},       {"COPY", 169},        {"Cacute", 262},      {"Ccaron", 268},
    {"Ccedil", 199},     {"Cdot", 266},        {"Chi", 935},         {"Dagger", 8225},
    {"Dcaron", 270},     {"Delta", 916},       {"Dstrok", 272},      {"ETH", 208},
    {"Eacute", 201},     {"Ecaron", 282},      {"Ecirc", 202},       {"Edot", 278},
    {"Egrave", 200},     {"Emacr", 274},       {"Eogon", 280},       {"Epsilon", 917},
    {"Eta", 919},        {"Euml", 203},        {"GT", 62},           {"Gamma", 915},
    {"Gbreve", 286},     {"Gcirc", 284},       {"Gdot", 288},        {"Hcirc", 292},
    {"IJlig", 306},      {"Iacute", 205},      {"Icirc", 206},       {"Idot", 304},
    {"Igrave", 204},     {"Imacr", 298},       {"Iogon", 302},       {"Iota", 921},
    {"Itilde", 296},     {"Iuml", 207},        {"Jcirc", 308},       {"Kappa", 922},
    {"Kcedil", 310},     {"LT", 60},           {"Lambda", 923},      {"Larr", 8606},
    {"Lcaron", 317},     {"Lcedil", 315},      {"Lstrok", 321},      {"Mu", 924},
    {"Nacute", 323},     {"Ncedil", 325},      {"NewLine", 10},      {"Ntilde", 209},
    {"Nu", 925},         {"OElig", 338},       {"Oacute", 211},      {"Ocirc", 212},
    {"Odblac", 336},     {"Ograve", 210},      {"Omacr", 332},       {"Omega", 937},
    {"Omicron", 927},    {"Oslash", 216},      {"Otilde", 213},      {"Ouml", 214},
    {"Phi", 934},        {"Pi", 928},          {"Prime", 8243},      {"Psi", 936},
    {"QUOT", 34},        {"REG", 174},         {"Rarr", 8608},       {"Rcaron", 344},
    {"Rho", 929},        {"Sacute", 346},      {"Scaron", 352},      {"Scedil", 350},
    {"Scirc", 348},      {"Sigma", 931},       {"THORN", 222},       {"Tab", 9},
    {"Tau", 932},        {"Tcaron", 356},      {"Tcedil", 354},      {"Theta", 920},
    {"Uacute", 218},     {"Ubreve", 364},      {"Ucirc", 219},       {"Udblac", 368},
    {"Ugrave", 217},     {"Umacr", 362},       {"Uogon", 370},       {"Upsilon", 933},
    {"Uring", 366},      {"Utilde", 360},      {"Uuml", 220},        {"Wcirc", 372},
    {"Xi", 926},         {"Yacute", 221},      {"Ycirc", 374},       {"Yuml", 376},
    {"Zacute", 377},     {"Zcaron", 381},      {"Zdot", 379},        {"ZeroWidthSpace", 8203},
    {"Zeta", 918},       {"aacute", 225},      {"abreve", 259},      {"acirc", 226},
    {"acute", 180},      {"aelig", 230},       {"agrave", 224},      {"alefsym", 8501},
    {"alpha", 945},      {"amacr", 257},       {"amp", 38},          {"and", 8743},
    {"ang", 8736},       {"aogon", 261},       {"apos", 39},         {"approx", 8776},
    {"aring", 229},      {"ast", 42},          {"asymp", 8776},      {"atilde", 227},
    {"auml", 228},       {"bdquo", 8222},      {"beta", 946},        {"bigcirc", 9711},
    {"bigstar", 9733},   {"block", 9608},      {"boxh", 9472},       {"boxv", 9474},
    {"breve", 728},      {"brvbar", 166},      {"bsol", 92},         {"bull", 8226},
    {"bullet", 8226},    {"cacute", 263},      {"cap", 8745},        {"caron", 711},
    {"ccaron", 269},     {"ccedil", 231},      {"cdot", 267},        {"cedil", 184},
    {"cent", 162},       {"centerdot", 183},   {"check", 10003},     {"checkmark", 10003},
    {"chi", 967},        {"cir", 9675},        {"circ", 710},        {"clubs", 9827},
    {"colon", 58},       {"comma", 44},        {"commat", 64},       {"cong", 8773},
    {"copy", 169},       {"copysr", 8471},     {"crarr", 8629},      {"cross", 10007},
    {"cup", 8746},       {"curren", 164},      {"dArr", 8659},       {"dagger", 8224},
    {"darr", 8595},      {"dash", 8208},       {"dblac", 733},       {"dcaron", 271},
    {"deg", 176},        {"delta", 948},       {"diams", 9830},      {"divide", 247},
    {"dollar", 36},      {"downarrow", 8595},  {"dstrok", 273},      {"dtri", 9663},
    {"eacute", 233},     {"ecaron", 283},      {"ecirc", 234},       {"edot", 279},
    {"egrave", 232},     {"ell", 8467},        {"emacr", 275},       {"empty", 8709},
    {"emsp", 8195},      {"emsp13", 8196},     {"emsp14", 8197},     {"ensp", 8194},
    {"eogon", 281},      {"epsilon", 949},     {"equals", 61},       {"equiv", 8801},
    {"eta", 951},        {"eth", 240},         {"euml", 235},        {"euro", 8364},
    {"excl", 33},        {"exist", 8707},      {"female", 9792},     {"fflig", 64256},
    {"filig", 64257},    {"flat", 9837},       {"fllig", 64258},     {"fnof", 402},
    {"forall", 8704},    {"frac12", 189},      {"frac13", 8531},     {"frac14", 188},
    {"frac15", 8533},    {"frac18", 8539},     {"frac23", 8532},     {"frac25", 8534},
    {"frac34", 190},     {"frac38", 8540},     {"frac58", 8541},     {"frac78", 8542},
    {"frasl", 8260},     {"gamma", 947},       {"gbreve", 287},      {"gcirc", 285},
    {"gdot", 289},       {"ge", 8805},         {"grave", 96},        {"gt", 62},
    {"gtreqless", 8923}, {"hArr", 8660},       {"hairsp", 8202},     {"half", 189},
    {"harr", 8596},      {"hbar", 8463},       {"hcirc", 293},       {"hearts", 9829},
    {"hellip", 8230},    {"horbar", 8213},     {"hstrok", 295},      {"hybull", 8259},
    {"hyphen", 8208},    {"iacute", 237},      {"icirc", 238},       {"iexcl", 161},
    {"igrave", 236},     {"ijlig", 307},       {"imacr", 299},       {"image", 8465},
    {"imath", 305},      {"infin", 8734},      {"inodot", 305},      {"int", 8747},
    {"iogon", 303},      {"iota", 953},        {"iquest", 191},      {"isin", 8712},
    {"itilde", 297},     {"iuml", 239},        {"jcirc", 309},       {"kappa", 954},
    {"kcedil", 311},     {"lArr", 8656},       {"lambda", 955},      {"lang", 10216},
    {"laquo", 171},      {"larr", 8592},       {"lbrace", 123},      {"lbrack", 91},
    {"lcaron", 318},     {"lcedil", 316},      {"lceil", 8968},      {"lcub", 123},
    {"ldquo", 8220},     {"ldquor", 8222},     {"le", 8804},         {"leftarrow", 8592},
    {"lfloor", 8970},    {"lmidot", 320},      {"lowast", 8727},     {"lowbar", 95},
    {"loz", 9674},       {"lozf", 10731},      {"lpar", 40},         {"lrm", 8206},
    {"lsaquo", 8249},    {"lsqb", 91},         {"lsquo", 8216},      {"lsquor", 8218},
    {"lstrok", 322},     {"lt", 60},           {"ltri", 9667},       {"macr", 175},
    {"male", 9794},      {"mdash", 8212},      {"micro", 181},       {"middot", 183},
    {"minus", 8722},     {"mldr", 8230},       {"mu", 956},          {"nabla", 8711},
    {"nacute", 324},     {"natural", 9838},    {"nbsp", 160},        {"ncaron", 328},
    {"ncedil", 326},     {"ndash", 8211},      {"ne", 8800},         {"nexist", 8708},
    {"ni", 8715},        {"not", 172},         {"notin", 8713},      {"nsub", 8836},
    {"ntilde", 241},     {"nu", 957},          {"num", 35},          {"numero", 8470},
    {"numsp", 8199},     {"oacute", 243},      {"ocirc", 244},       {"odblac", 337},
    {"oelig", 339},      {"ogon", 731},        {"ograve", 242},      {"ohm", 937},
    {"oline", 8254},     {"omacr", 333},       {"omega", 969},       {"omicron", 959},
    {"oplus", 8853},     {"or", 8744},         {"ordf", 170},        {"ordm", 186},
    {"oslash", 248},     {"otilde", 245},      {"otimes", 8855},     {"ouml", 246},
    {"para", 182},       {"part", 8706},       {"percnt", 37},       {"period", 46},
    {"permil", 8240},    {"perp", 8869},       {"phi", 966},         {"phone", 9742},
    {"pi", 960},         {"piv", 982},         {"plus", 43},         {"plusmn", 177},
    {"pound", 163},      {"prime", 8242},      {"prod", 8719},       {"prop", 8733},
    {"psi", 968},        {"puncsp", 8200},     {"quest", 63},        {"quot", 34},
    {"rArr", 8658},      {"radic", 8730},      {"rang", 10217},      {"raquo", 187},
    {"rarr", 8594},      {"rarrw", 8605},      {"rbrace", 125},      {"rbrack", 93},
    {"rcaron", 345},     {"rceil", 8969},      {"rcub", 125},        {"rdquo", 8221},
    {"rdquor", 8221},    {"real", 8476},       {"reg", 174},         {"rfloor", 8971},
    {"rho", 961},        {"rightarrow", 8594}, {"ring", 730},        {"rlm", 8207},
    {"rpar", 41},        {"rsaquo", 8250},     {"rsqb", 93},         {"rsquo", 8217},
    {"rsquor", 8217},    {"rtri", 9657},       {"rx", 8478},         {"sacute", 347},
    {"sbquo", 8218},     {"scaron", 353},      {"scedil", 351},      {"scirc", 349},
    {"sdot", 8901},      {"sect", 167},        {"semi", 59},         {"sharp", 9839},
    {"shy", 173},        {"sigma", 963},       {"sigmaf", 962},      {"sim", 8764},
    {"simeq", 8771},     {"sol", 47},          {"spades", 9824},     {"squ", 9633},
    {"star", 9734},      {"starf", 9733},      {"sub", 8834},        {"sube", 8838},
    {"sum", 8721},       {"sup", 8835},        {"sup1", 185},        {"sup2", 178},
    {"sup3", 179},       {"supe", 8839},       {"szlig", 223},       {"target", 8982},
    {"tau", 964},        {"tcaron", 357},      {"tcedil", 355},      {"telrec", 8981},
    {"there4", 8756},    {"theta", 952},       {"thetasym", 977},    {"thinsp", 8201},
    {"thorn", 254},      {"tilde", 732},       {"times", 215},       {"trade", 8482},
    {"tstrok", 359},     {"uArr", 8657},       {"uacute", 250},      {"uarr", 8593},
    {"ubreve", 365},     {"ucirc", 251},       {"udblac", 369},      {"ugrave", 249},
    {"umacr", 363},      {"uml", 168},         {"uogon", 371},       {"uparrow", 8593},
    {"upsih", 978},      {"upsilon", 965},     {"uring", 367},       {"utilde", 361},
    {"utri", 9653},      {"uuml", 252},        {"varnothing", 8709}, {"verbar", 124},
    {"vert", 124},       {"wcirc", 373},       {"weierp", 8472},     {"xi", 958},
    {"yacute", 253},     {"ycirc", 375},       {"yen", 165},         {"yuml", 255},
    {"zacute", 378},     {"zcaron", 382},      {"zdot", 380},        {"zeta", 950},
    {"zwj", 8205},       {"zwnj", 8204},
};
constexpr std::size_t longest_name = 16;

static_assert(std::is_sorted(std::begin(names), std::end(names),
                             [](const Named& a, const Named& b) { return a.name < b.name; }));

Reference read_one_number(std::string_view text) {
    const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
    const std::size_t start = hex ? 3 : 2;
    std::size_t at = start;
    char32_t code = 0;
    for (; at < text.size(); ++at) {
        const char c = lowered(text[at]);
        char32_t digit = 0;
        if (is_digit(c))
            digit = static_cast<char32_t>(c - '0');
        else if (hex && c >= 'a' && c <= 'f')
            digit = static_cast<char32_t>(c - 'a' + 10);
        else
            break;
        code = std::min<char32_t>(code * (hex ? 16U : 10U) + digit, 0x200000);
    }
    Reference reference;
    if (at == start)
        return reference;
    reference.closed = at < text.size() && text[at] == ';';
    reference.size = reference.closed ? at + 1 : at;
    reference.numeric = true;
    reference.number = code;
    // HTML, "numeric character reference end state".
    reference.code = code < 0x100 ? windows_1252(static_cast<unsigned char>(code)) : code;
    return reference;
}

/// Two halves of one character, as some programs write emoji, are that character.
Reference read_number(std::string_view text) {
    Reference reference = read_one_number(text);
    if (!reference.closed || reference.code < 0xD800 || reference.code > 0xDBFF ||
        text.substr(reference.size, 2) != "&#")
        return reference;
    const Reference low = read_one_number(text.substr(reference.size));
    if (low.closed && low.code >= 0xDC00 && low.code <= 0xDFFF) {
        reference.code = 0x10000 + ((reference.code - 0xD800) << 10U) + (low.code - 0xDC00);
        reference.size += low.size;
    }
    return reference;
}

/// Without a semicolon only the oldest names count, as in browsers, and not where they may be a part of an
/// address: "&copy 2026", but neither "?a=1&copy=2" nor "?a=1&sum".
bool may_stay_open(std::string_view text, const Reference& reference) {
    const bool old = (reference.code >= 160 && reference.code <= 255) || reference.code == '&' ||
                     reference.code == '<' || reference.code == '>' || reference.code == '"';
    return old && text.substr(reference.size, 1) != "=";
}

} // namespace

Reference read_reference(std::string_view text) {
    Reference reference;
    if (text.size() < 3 || text[0] != '&')
        return reference;
    if (text[1] == '#')
        return read_number(text);
    std::size_t end = 1;
    while (end < text.size() && end <= longest_name && (is_letter(text[end]) || is_digit(text[end])))
        ++end;
    const std::string_view name = text.substr(1, end - 1);
    const auto* found =
        std::lower_bound(std::begin(names), std::end(names), name,
                         [](const Named& entry, std::string_view wanted) { return entry.name < wanted; });
    if (found == std::end(names) || found->name != name)
        return reference;
    reference.closed = end < text.size() && text[end] == ';';
    reference.size = reference.closed ? end + 1 : end;
    reference.code = found->code;
    return reference;
}

std::size_t decode_reference(std::string_view text, std::string& out) {
    const Reference reference = read_reference(text);
    if (reference.size == 0 || !(reference.closed || reference.numeric || may_stay_open(text, reference)))
        return 0;
    append_utf8(reference.code, out);
    return reference.size;
}

std::string decode_references(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto mark = text.find('&');
        out += text.substr(0, mark);
        if (mark == std::string_view::npos)
            break;
        text.remove_prefix(mark);
        std::size_t used = decode_reference(text, out);
        if (used == 0) {
            out += '&';
            used = 1;
        }
        text.remove_prefix(used);
    }
    return out;
}

} // namespace crier::kit
