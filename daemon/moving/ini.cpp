#include "moving/ini.hpp"

#include "core/ascii.hpp"
#include "core/text/plain.hpp"

#include <utility>

namespace crier::moving {

namespace {

/// As configparser has it.
constexpr int most_depth = 10;

Failure ini_failure(const std::string& where, std::size_t line, std::string what) {
    return Failure{Cause::config, where + ":" + std::to_string(line) + ": " + std::move(what)};
}

} // namespace

Result<Ini> Ini::parse(const std::string& text, const std::string& where) {
    Ini ini;
    std::map<std::string, std::string>* section = nullptr;
    std::string* value = nullptr; // that a line which is indented goes on with
    std::size_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        at = end + 1;
        ++number;
        const std::string bare = text::strip(line);
        if (bare.empty() || bare.front() == '#' || bare.front() == ';')
            continue;
        if (value != nullptr && (line.front() == ' ' || line.front() == '\t')) {
            *value += "\n" + bare;
            continue;
        }
        if (bare.front() == '[') {
            const auto close = bare.find(']');
            if (close == std::string::npos)
                return ini_failure(where, number, "a section without its closing bracket");
            section = &ini.sections_[bare.substr(1, close - 1)];
            value = nullptr;
            continue;
        }
        const auto sign = bare.find_first_of("=:");
        if (section == nullptr || sign == std::string::npos || sign == 0)
            return ini_failure(where, number,
                               section == nullptr ? "a line before the first [section]"
                                                  : "neither a section nor `name = value`");
        value = &(*section)[ascii::lower(text::strip(bare.substr(0, sign)))];
        *value = text::strip(bare.substr(sign + 1));
    }
    return ini;
}

std::optional<std::string> Ini::raw(const std::string& section, const std::string& name) const {
    for (const std::string& where : {section, std::string{"DEFAULT"}})
        if (const auto found = sections_.find(where); found != sections_.end())
            if (const auto value = found->second.find(name); value != found->second.end())
                return value->second;
    return std::nullopt;
}

std::string Ini::filled(const std::string& section, const std::string& value, int depth) const {
    std::string out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] != '%' || i + 1 == value.size()) {
            out += value[i];
            continue;
        }
        if (value[i + 1] == '%') {
            out += value[++i];
            continue;
        }
        const auto close = value.find(")s", i);
        if (value[i + 1] != '(' || close == std::string::npos) {
            out += value[i];
            continue;
        }
        const auto other = raw(section, ascii::lower(value.substr(i + 2, close - i - 2)));
        if (other && depth < most_depth)
            out += filled(section, *other, depth + 1);
        i = close + 1;
    }
    return out;
}

std::optional<std::string> Ini::get(const std::string& section, const std::string& name) const {
    const auto value = raw(section, name);
    return value ? std::optional{filled(section, *value, 0)} : std::nullopt;
}

std::optional<bool> Ini::flag(const std::string& section, const std::string& name) const {
    const auto value = get(section, name);
    if (!value)
        return std::nullopt;
    const std::string word = ascii::lower(*value);
    if (word == "1" || word == "yes" || word == "true" || word == "on")
        return true;
    if (word == "0" || word == "no" || word == "false" || word == "off")
        return false;
    return std::nullopt;
}

} // namespace crier::moving
