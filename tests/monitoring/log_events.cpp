// The names of the log's events are a contract: docs/LOGS.md has each that the sources write, and none
// besides.

#include "promtool.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>

using namespace crier::test;

namespace {

struct Event {
    std::set<std::string> levels;
    std::set<std::string> fields;
    std::string where;
};
using Events = std::map<std::string, Event>;

/// From its opening parenthesis to the closing one.
std::string_view call_at(std::string_view text, std::size_t open) {
    int depth = 0;
    for (std::size_t at = open; at < text.size(); ++at) {
        if (text[at] == '"') {
            for (++at; at < text.size() && text[at] != '"'; ++at)
                at += text[at] == '\\' ? 1U : 0U;
        } else if (text[at] == '(') {
            ++depth;
        } else if (text[at] == ')' && --depth == 0) {
            return text.substr(open, at - open + 1);
        }
    }
    return {};
}

/// Whoever is handed a name and passes it on; what they are handed is looked at where they are called.
bool passes_on(std::string_view call) {
    return call.starts_with("(event,") || call.starts_with("(level, event,");
}

bool is_name(const std::string& text) {
    static const std::regex name{"[a-z]+(_[a-z]+)*\\.[a-z]+(_[a-z]+)*"};
    return std::regex_match(text, name);
}

/// The first argument that could be a name; two where one of them is chosen.
std::vector<std::string> names_in(std::string_view call) {
    std::vector<std::string> names;
    const std::regex literal{"\"([^\"\\\\]*)\""};
    const std::string text{call};
    for (std::sregex_iterator at{text.begin(), text.end(), literal}, end; at != end; ++at) {
        if (!is_name((*at)[1]))
            break;
        names.push_back((*at)[1]);
    }
    return names;
}

void read_calls(const std::string& text, const std::string& where, Events& events) {
    // log.info("a.b", ...), world_.log.write(level, "a.b", ...), tell(LogLevel::info, x, "a.b", ...),
    // tell_post("a.b", ...)
    static const std::regex begin{"(\\blog_?\\.(info|warning|error|debug|write)|\\btell|\\btell_post)(?=\\("
                                  "\\s*(\"|LogLevel::|level,|event,|kind ==|[a-z]))"};
    for (std::sregex_iterator at{text.begin(), text.end(), begin}, end; at != end; ++at) {
        const std::string what = (*at)[1];
        const auto open = static_cast<std::size_t>(at->position() + at->length());
        const std::string_view call = call_at(text, open);
        const bool tells = what == "tell" || what == "tell_post";
        const std::vector<std::string> names = names_in(call);
        if (tells && names.empty())
            continue; // another function of that name
        BOOST_TEST((!names.empty() || passes_on(call)),
                   where + ": the name of an event is no literal: " + std::string{call.substr(0, 80)});
        std::string level = (*at)[2];
        static const std::regex said{"LogLevel::([a-z]+)"};
        const std::string all{call};
        if (std::smatch found; tells && std::regex_search(all, found, said))
            level = found[1];
        for (const std::string& name : names) {
            Event& event = events[name];
            event.where = where;
            if (what == "tell_post")
                event.levels.insert("info");
            else if (level != "write" && !level.empty())
                event.levels.insert(level);
            static const std::regex field{"\\{\"([a-z_]+)\","};
            for (std::sregex_iterator one{all.begin(), all.end(), field}, last; one != last; ++one)
                event.fields.insert((*one)[1]);
        }
    }
    static const std::regex assigned{"\\.event = \"([a-z._]+)\""};
    for (std::sregex_iterator at{text.begin(), text.end(), assigned}, end; at != end; ++at)
        events[(*at)[1]].where = where;
}

Events events_of_sources() {
    Events events;
    namespace fs = std::filesystem;
    for (const fs::directory_entry& file : fs::recursive_directory_iterator{source_file("daemon")})
        if (file.path().extension() == ".cpp")
            read_calls(read_file(file.path()), file.path().filename(), events);
    return events;
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream in{line.substr(1)};
    for (std::string cell; std::getline(in, cell, '|');) {
        const auto from = cell.find_first_not_of(' ');
        cells.push_back(from == std::string::npos ? std::string{}
                                                  : cell.substr(from, cell.find_last_not_of(' ') - from + 1));
    }
    return cells;
}

std::set<std::string> quoted_in(const std::string& cell) {
    std::set<std::string> words;
    static const std::regex quoted{"`([^`]+)`"};
    for (std::sregex_iterator at{cell.begin(), cell.end(), quoted}, end; at != end; ++at)
        words.insert((*at)[1]);
    return words;
}

/// Rows: | `event` | level | what happened | `field` `field` | what to do |
Events events_of_document() {
    Events events;
    std::istringstream lines{read_source("docs/LOGS.md")};
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("| `"))
            continue;
        const std::vector<std::string> cells = cells_of(line);
        const std::set<std::string> names = quoted_in(cells[0]);
        if (names.size() != 1 || !is_name(*names.begin()))
            continue; // of another table
        BOOST_TEST(cells.size() == 5U, line);
        if (cells.size() != 5)
            continue;
        Event& event = events[*names.begin()];
        BOOST_TEST(event.where == "", "twice in docs/LOGS.md: " + *names.begin());
        event.where = line;
        std::istringstream levels{cells[1]};
        for (std::string level; levels >> level;)
            event.levels.insert(level);
        event.fields = quoted_in(cells[3]);
        BOOST_TEST(cells[2].size() > 10U, line);
        BOOST_TEST(cells[4].size() > 3U, line);
    }
    return events;
}

bool includes(const std::set<std::string>& all, const std::set<std::string>& some) {
    return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

std::string list(const std::set<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += " " + word;
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(monitoring_log_events)

BOOST_AUTO_TEST_CASE(the_document_has_every_event_and_none_besides) {
    const Events written = events_of_sources();
    const Events documented = events_of_document();
    BOOST_TEST(written.size() > 80U);
    for (const auto& [name, event] : written) {
        const auto known = documented.find(name);
        BOOST_TEST((known != documented.end()), event.where + " writes " + name + ": docs/LOGS.md lacks it");
        if (known == documented.end())
            continue;
        BOOST_TEST(includes(known->second.levels, event.levels),
                   name + " is written as" + list(event.levels) + ", docs/LOGS.md says" +
                       list(known->second.levels));
        BOOST_TEST(includes(known->second.fields, event.fields),
                   name + " has" + list(event.fields) + ", docs/LOGS.md says" + list(known->second.fields));
    }
    for (const auto& [name, event] : documented)
        BOOST_TEST(written.count(name) == 1U, "docs/LOGS.md has " + name + ", which nothing writes");
}

BOOST_AUTO_TEST_CASE(an_event_of_a_post_says_which_and_whose) {
    for (const auto& [name, event] : events_of_document()) {
        const std::string subject = name.substr(0, name.find('.'));
        if (subject == "post")
            BOOST_TEST(includes(event.fields, {"account", "post"}), name);
        if (subject == "account" || subject == "source" || subject == "entry")
            BOOST_TEST(event.fields.count(subject) == 1U, name);
    }
}

BOOST_AUTO_TEST_SUITE_END()
