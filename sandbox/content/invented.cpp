#include "sandbox/content/feed.hpp"
#include "sandbox/content/feed_dates.hpp"
#include "sandbox/content/picture.hpp"
#include "sandbox/content/scene.hpp"

#include <array>
#include <iterator>

namespace crier::sandbox {
namespace {

/// A story with blanks: {place}, {day}, {name}, {few}, {many}, {hour}.
struct Story {
    std::string_view slug;
    std::string_view title;
    std::string_view body;
    std::array<std::string_view, 2> categories;
};

constexpr Story stories[] = {
    {"footbridge",
     "The footbridge at {place} opens again on {day}",
     "The repairs took {few} weeks. The new planks are larch from the council's own forest; cyclists are "
     "asked to "
     "walk the last few metres.",
     {"traffic", "council"}},
    {"library-tools",
     "The library at {place} now lends tools, too",
     "From drill to wallpaper table: {many} tools are waiting, and a library card is all it takes. Opening "
     "hours on "
     "{day} are longer until spring.",
     {"library", "community"}},
    {"clean-up",
     "{many} volunteers cleared {place} of litter",
     "After three hours they had filled {few} skips. The oddest find was a bathtub with a plant in it. The "
     "next "
     "clean-up is on {day}.",
     {"community", "environment"}},
    {"school-band",
     "The school band plays at {place} on {day}",
     "{name} conducts {few} pieces, among them one that the pupils wrote themselves. It begins at {hour} "
     "p.m.; entry "
     "is free, and the rain would be dry inside.",
     {"music", "school"}},
    {"ferry",
     "The island ferry is back to its summer timetable",
     "The first boat leaves at {hour} a.m., the last one at ten in the evening. Bicycles travel free on "
     "{day}s. "
     "Tickets are sold at {place}.",
     {"harbour", "traffic"}},
    {"cat-found",
     "The cat from {place} has been found",
     "It spent {few} nights in a boathouse, in good company of mice, and is well. {name} thanks all {many} "
     "people who "
     "looked for it.",
     {"", ""}},
    {"trees",
     "Council votes for {many} new trees at {place}",
     "Limes and rowans will be planted this autumn. {name} had collected signatures for {few} months. "
     "Neighbours may "
     "adopt a tree and water it.",
     {"council", "environment"}},
    {"bakery",
     "The bakery at {place} opens at {hour} again",
     "After {few} weeks of rebuilding the oven is hot. The first fifty rolls on {day} are on the house, says "
     "{name}.",
     {"shops", "community"}},
    {"water",
     "No water at {place} on {day} morning",
     "The waterworks change a main from the fifties between {hour} and 11 a.m. A tank stands ready for "
     "{many} households.",
     {"notices", "council"}},
    {"repair-cafe",
     "Repair café at {place}: bring what no longer works",
     "Last time {many} of the things brought went home in working order, a gramophone among them. {day} from "
     "{hour} "
     "p.m., with cake.",
     {"community", "repair"}},
    {"rowing",
     "The rowing club takes in {few} new crews",
     "{name} trains beginners of all ages at {place}. Whoever can swim can come along on {day}.",
     {"sport", "harbour"}},
    {"exhibition",
     "Photographs of the storm of '62 on show at {place}",
     "{many} pictures from attics and albums. {name}, who was ten at the time, tells what it was like, on "
     "{day} at "
     "{hour} p.m.",
     {"culture", "history"}}};

constexpr std::string_view places[] = {
    "the Old Quay",   "Mill Street", "the Fish Market", "Lighthouse Hill", "Station Square",
    "the Rope Works", "Linden Park", "North Beach",     "Chapel Lane",     "the Customs House"};

constexpr std::string_view names[] = {"Ada Brandt",  "Jonas Lind",   "Mira Okafor", "Tomasz Wilk",
                                      "Lena Quist",  "Samuel Pryce", "Noor Haddad", "Ines Carvalho",
                                      "Piet Hansen", "Ruth Calloway"};

struct Project {
    std::string_view name;
    std::string_view what;
    std::array<std::string_view, 4> changes;
};

constexpr Project projects[] = {
    {"Tidepool",
     "the small wiki",
     {"pages load twice as fast on old phones", "links to moved pages follow along",
      "exports keep their attachments", "search forgives a typing error"}},
    {"Lantern",
     "the static site builder",
     {"drafts no longer reach the feed", "images get sizes, so that pages stop jumping",
      "a dark theme by default", "builds only what changed"}},
    {"Pebble",
     "the key-value store",
     {"compaction no longer blocks readers", "checksums on every page", "half the memory for small keys",
      "backups while it runs"}},
    {"Driftwood",
     "the photo sorter",
     {"reads the date from more cameras", "undo for every move", "finds doubles by what they show",
      "works over slow network drives"}},
    {"Halyard",
     "the deployment tool",
     {"asks before it stops the last instance", "clearer messages when a host is down",
      "a dry run that tells the truth", "rollbacks keep the logs"}}};

constexpr std::string_view skies[] = {"sunny spells", "grey skies", "bright sunshine", "showers from noon on",
                                      "fog, then sun"};
constexpr std::string_view winds[] = {"a light south-westerly", "a fresh westerly", "hardly any wind",
                                      "a moderate easterly", "gusts from the north-west"};

/// Draws, the same for the same item.
class Draw {
public:
    explicit Draw(unsigned number)
        : seed_(scrambled(number, 77)) {}

    [[nodiscard]] unsigned below(unsigned end) { return scrambled(seed_, ++count_) % end; }

    template <std::size_t N>
    [[nodiscard]] std::string_view of(const std::string_view (&words)[N]) {
        return words[below(static_cast<unsigned>(N))];
    }

private:
    std::uint32_t seed_;
    std::uint32_t count_ = 0;
};

struct Blank {
    std::string_view name;
    std::string value;
};

std::string filled(std::string_view text, const std::vector<Blank>& blanks) {
    std::string out(text);
    for (const auto& [name, value] : blanks)
        for (std::size_t at = out.find(name); at != std::string::npos; at = out.find(name, at + value.size()))
            out.replace(at, name.size(), value);
    if (!out.empty() && out.front() >= 'a' && out.front() <= 'z')
        out.front() = static_cast<char>(out.front() - 'a' + 'A');
    return out;
}

std::string day_after(std::chrono::sys_seconds time, unsigned days) {
    return std::string(weekday_name(time + std::chrono::days{days}));
}

// What all sections fill in; `slug` is the end of the link.
struct Draft {
    std::string section, slug, title, body;
    std::vector<std::string> categories;
};

Draft town_news(unsigned number, std::chrono::sys_seconds time) {
    Draw draw(number);
    const Story& story = stories[(number / 3 * 5) % std::size(stories)]; // all of them in turn
    const std::vector<Blank> blanks = {
        {"{place}", std::string(draw.of(places))},       {"{name}", std::string(draw.of(names))},
        {"{day}", day_after(time, 1 + draw.below(5))},   {"{few}", std::to_string(3 + draw.below(6))},
        {"{many}", std::to_string(24 + draw.below(60))}, {"{hour}", std::to_string(6 + draw.below(3))}};
    Draft draft{"news", std::string(story.slug), filled(story.title, blanks), filled(story.body, blanks), {}};
    for (const auto category : story.categories)
        if (!category.empty())
            draft.categories.emplace_back(category);
    return draft;
}

Draft release(unsigned number) {
    Draw draw(number);
    const Project& project = projects[number / 3 % std::size(projects)];
    const std::string version = std::to_string(1 + number / 60) + "." + std::to_string(number / 3 % 20) +
                                "." + std::to_string(draw.below(4));
    const unsigned first = draw.below(4);
    const std::string name(project.name);
    Draft draft{
        "software", "release-" + version, name + " " + version + " is out", {}, {"release", "free software"}};
    draft.body = "New in " + name + ", " + std::string(project.what) + ": " +
                 std::string(project.changes[first]) + "; " + std::string(project.changes[(first + 1) % 4]) +
                 ". Thanks to " + std::to_string(2 + draw.below(9)) + " contributors.";
    return draft;
}

Draft weather(unsigned number, std::chrono::sys_seconds time) {
    Draw draw(number);
    const std::string day = day_after(time, 1);
    const int warm = 9 + static_cast<int>(draw.below(13));
    const std::string sky(draw.of(skies));
    Draft draft{"weather",
                "forecast",
                "Weather for " + day + ": " + sky + ", " + std::to_string(warm) + " °C",
                {},
                {}};
    draft.body = "Port Alder can expect " + sky + " and " + std::string(draw.of(winds)) + ". " +
                 std::to_string(warm - 4 - static_cast<int>(draw.below(4))) +
                 " °C in the night. High water at " + std::to_string(4 + draw.below(8)) + ":" +
                 std::to_string(10 + draw.below(50)) + ", sea " + std::to_string(11 + draw.below(6)) + " °C.";
    draft.categories = {"weather"};
    return draft;
}

} // namespace

FeedItem invented_item(unsigned number, std::int64_t unix_seconds) {
    const std::chrono::sys_seconds time{std::chrono::seconds{unix_seconds}};
    const Draft draft = number % 3 == 0   ? town_news(number, time)
                        : number % 3 == 1 ? weather(number, time)
                                          : release(number);
    FeedItem item;
    item.published = to_rfc3339(time);
    const std::string date = item.published.substr(0, item.published.find('T'));
    item.id = "tag:example.org," + date + ":" + draft.section + "/" + std::to_string(number);
    item.title = draft.title;
    item.link =
        "https://example.org/" + draft.section + "/" + date + "/" + draft.slug + "-" + std::to_string(number);
    item.body = draft.body;
    item.categories = draft.categories;
    if (number % 2 == 0) {
        item.picture = static_cast<int>(number / 2 % 100000);
        item.picture_alt = picture_alt_text(static_cast<unsigned>(item.picture));
    }
    return item;
}

} // namespace crier::sandbox
