#include "families.hpp"

#include <array>
#include <sstream>

namespace crier::test {
namespace {

/// Of "name_bucket", "name_sum" and "name_count", the name.
std::string without_part(std::string_view name) {
    for (const std::string_view part : {"_bucket", "_sum", "_count"})
        if (name.ends_with(part))
            return std::string{name.substr(0, name.size() - part.size())};
    return std::string{name};
}

/// `{a="x",b="y"}`; what stands between quotes may hold anything.
void add_labels(std::string_view series, std::set<std::string>& labels) {
    std::size_t at = series.find('{');
    if (at == std::string_view::npos)
        return;
    while (at < series.size() && series[at] != '}') {
        const std::size_t from = at + 1; // behind the brace, or the comma
        const std::size_t equals = series.find('=', from);
        if (equals == std::string_view::npos)
            return;
        if (const std::string_view name = series.substr(from, equals - from); name != "le")
            labels.insert(std::string{name});
        for (at = equals + 2; at < series.size() && series[at] != '"'; ++at)
            at += series[at] == '\\' ? 1U : 0U;
        ++at;
    }
}

} // namespace

Families read_families(std::string_view page) {
    Families families;
    std::istringstream lines{std::string{page}};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words{line};
        std::string hash;
        std::string kind;
        std::string name;
        if (line.starts_with("# ")) {
            words >> hash >> kind >> name;
            std::string rest = line.substr(line.find(name) + name.size() + 1);
            (kind == "HELP" ? families[name].help : families[name].type) = std::move(rest);
            continue;
        }
        const std::string series = line.substr(0, line.find_first_of("{ "));
        const bool whole = families.count(series) > 0;
        add_labels(line, families[whole ? series : without_part(series)].labels);
    }
    return families;
}

std::set<std::string> metrics_in(std::string_view expression) {
    std::set<std::string> names;
    const auto is_part = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    for (std::size_t at = 0; at < expression.size();) {
        if (expression[at] == '"') { // a label's value
            at = expression.find('"', at + 1);
            at = at == std::string_view::npos ? expression.size() : at + 1;
            continue;
        }
        std::size_t end = at;
        while (end < expression.size() && is_part(expression[end]))
            ++end;
        const std::string_view word = expression.substr(at, end - at);
        if (word.starts_with("crier_") || word.starts_with("process_"))
            names.insert(without_part(word));
        at = end + (end == at ? 1U : 0U);
    }
    return names;
}

std::string table_of(const Families& families) {
    std::string table = "| metric | type | labels | what it says |\n| --- | --- | --- | --- |\n";
    for (const auto& [name, family] : families) {
        std::string labels;
        for (const std::string& label : family.labels)
            labels += (labels.empty() ? "`" : ", `") + label + "`";
        table += "| `" + name + "` | " + family.type + " | " + labels + " | " + family.help + " |\n";
    }
    return table;
}

} // namespace crier::test
