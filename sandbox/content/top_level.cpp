#include "sandbox/content/domain.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

// The top-level domains that the sandbox knows: all of countries, and of the others those that are much used.
// A real server knows all of twitter-text's list; a link under a rare one counts in full here.
namespace crier::sandbox {
namespace {

// Two letters each: those of countries.
constexpr std::string_view countries = "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg "
                                       "bh bi bj bl bm bn bo bq br bs bt bv bw "
                                       "by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj "
                                       "dk dm do dz ec ee eg eh er es et eu fi "
                                       "fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw "
                                       "gy hk hm hn hr ht hu id ie il im in io "
                                       "iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li "
                                       "lk lr ls lt lu lv ly ma mc md me mf mg "
                                       "mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni "
                                       "nl no np nr nu nz om pa pe pf pg ph pk "
                                       "pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj "
                                       "sk sl sm sn so sr ss st su sv sx sy sz "
                                       "tc td tf tg th tj tk tl tm tn to tp tr tt tv tw tz ua ug uk um us uy "
                                       "uz va vc ve vg vi vn vu wf ws ye yt za "
                                       "zm zw ";

constexpr std::string_view generic[] = {
    "academy",    "actor",       "aero",          "agency",       "app",         "archi",      "army",
    "art",        "arpa",        "asia",          "associates",   "audio",       "band",       "bank",
    "bar",        "bayern",      "beer",          "berlin",       "best",        "bet",        "bike",
    "bio",        "biz",         "black",         "blog",         "blue",        "boats",      "book",
    "boston",     "boutique",    "brussels",      "build",        "builders",    "business",   "buzz",
    "bzh",        "cab",         "cafe",          "cam",          "camera",      "camp",       "capital",
    "care",       "careers",     "casa",          "casino",       "cat",         "center",     "chat",
    "church",     "city",        "clinic",        "cloud",        "club",        "coach",      "codes",
    "coffee",     "college",     "cologne",       "com",          "community",   "company",    "computer",
    "consulting", "cooking",     "cool",          "coop",         "country",     "credit",     "cymru",
    "dance",      "date",        "day",           "deals",        "degree",      "delivery",   "dental",
    "design",     "dev",         "digital",       "direct",       "directory",   "discount",   "dog",
    "domains",    "download",    "earth",         "edu",          "education",   "email",      "energy",
    "engineer",   "engineering", "equipment",     "estate",       "eus",         "events",     "exchange",
    "expert",     "express",     "faith",         "family",       "fans",        "farm",       "fashion",
    "film",       "finance",     "fish",          "fit",          "fitness",     "flights",    "foo",
    "football",   "forum",       "foundation",    "frl",          "fun",         "fund",       "futbol",
    "fyi",        "gal",         "gallery",       "game",         "games",       "garden",     "gay",
    "gent",       "gift",        "glass",         "global",       "gmbh",        "gold",       "golf",
    "google",     "gov",         "graphics",      "gratis",       "green",       "group",      "guide",
    "guru",       "hamburg",     "health",        "healthcare",   "help",        "hiphop",     "holdings",
    "holiday",    "horse",       "hospital",      "host",         "hosting",     "house",      "how",
    "icu",        "immo",        "inc",           "industries",   "info",        "ink",        "institute",
    "insure",     "int",         "international", "investments",  "ist",         "istanbul",   "jetzt",
    "jobs",       "kaufen",      "kim",           "kitchen",      "kiwi",        "koeln",      "land",
    "lat",        "law",         "lgbt",          "life",         "lighting",    "limited",    "link",
    "live",       "llc",         "loan",          "lol",          "london",      "love",       "ltd",
    "luxe",       "luxury",      "management",    "map",          "market",      "marketing",  "mba",
    "media",      "men",         "miami",         "mil",          "mobi",        "moe",        "money",
    "monster",    "moscow",      "movie",         "museum",       "music",       "nagoya",     "name",
    "net",        "network",     "new",           "news",         "ngo",         "ninja",      "nrw",
    "nyc",        "observer",    "okinawa",       "one",          "ong",         "onion",      "onl",
    "online",     "ooo",         "org",           "osaka",        "page",        "paris",      "partners",
    "parts",      "party",       "pet",           "photo",        "photography", "photos",     "pics",
    "pictures",   "pink",        "pizza",         "place",        "plumbing",    "plus",       "poker",
    "porn",       "post",        "press",         "pro",          "productions", "properties", "pub",
    "quebec",     "racing",      "realty",        "recipes",      "red",         "rehab",      "reise",
    "reisen",     "rent",        "rentals",       "repair",       "report",      "rest",       "restaurant",
    "review",     "reviews",     "rip",           "rocks",        "ruhr",        "run",        "saarland",
    "sale",       "salon",       "sbs",           "scholarships", "school",      "schule",     "science",
    "scot",       "security",    "services",      "sexy",         "shoes",       "shop",       "shopping",
    "show",       "singles",     "site",          "ski",          "social",      "software",   "solar",
    "solutions",  "space",       "sport",         "store",        "stream",      "studio",     "study",
    "style",      "sucks",       "supply",        "support",      "surf",        "surgery",    "swiss",
    "sydney",     "systems",     "taipei",        "tattoo",       "tax",         "taxi",       "team",
    "tech",       "technology",  "tel",           "tennis",       "theater",     "tickets",    "tienda",
    "tips",       "tirol",       "today",         "tokyo",        "tools",       "top",        "tours",
    "town",       "toys",        "trade",         "training",     "travel",      "tube",       "university",
    "uno",        "vacations",   "vegas",         "ventures",     "vet",         "video",      "villas",
    "vin",        "vip",         "vision",        "vote",         "voyage",      "wales",      "wang",
    "watch",      "webcam",      "website",       "wedding",      "wien",        "wiki",       "win",
    "wine",       "work",        "works",         "world",        "wtf",         "xxx",        "xyz",
    "yachts",     "yoga",        "yokohama",      "zip",          "zone"};

constexpr std::string_view not_ascii[] = {
    "рф",     "бел",  "укр",    "срб",  "мкд",      "мон",    "бг",     "қаз",    "ελ",     "ευ",   "հայ",
    "გე",     "中国", "中國",   "香港", "台湾",     "台灣",   "新加坡", "澳門",   "한국",   "भारत", "இந்தியா",
    "ไทย",    "ລາວ",  "امارات", "مصر",  "السعودية", "ایران",  "المغرب", "الاردن", "تونس",   "قطر",  "فلسطين",
    "онлайн", "сайт", "орг",    "ком",  "дети",     "москва", "みんな", "コム",   "ストア", "公司", "网络",
    "网址",   "在线", "中文网", "移动", "商城",     "닷컴",   "닷넷",   "शبكة",   "संगठन",   "קום"};

bool is_known(std::string_view word) {
    if (word.size() == 2)
        return countries.find(std::string(word) + ' ') != std::string_view::npos;
    return std::find(std::begin(generic), std::end(generic), word) != std::end(generic);
}

bool goes_on(std::string_view text, std::size_t at) {
    if (at >= text.size())
        return false;
    const char c = text[at];
    return is_ascii_alnum(static_cast<unsigned char>(c)) || c == '@' || c == '+' || c == '-';
}

} // namespace

std::size_t known_top_level(std::string_view text) {
    std::size_t size = 0;
    while (size < text.size() && is_ascii_alnum(static_cast<unsigned char>(text[size])))
        ++size;
    if (size > 0)
        return is_known(text.substr(0, size)) && !goes_on(text, size) ? size : 0;
    for (const auto word : not_ascii)
        if (text.starts_with(word) && !goes_on(text, word.size()))
            size = std::max(size, word.size());
    return size;
}

} // namespace crier::sandbox
