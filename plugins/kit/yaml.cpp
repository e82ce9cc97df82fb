#include "kit/yaml.hpp"

#include "kit/yaml_builder.hpp"
#include "sdk/crier_plugin.hpp"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <utility>

namespace crier::kit {
namespace {

/// To yaml-cpp some of them mean the end of the text; nobody can see them.
std::string without_control_characters(std::string_view text) {
    std::string out{text};
    const auto is_control = [](char c) {
        return (static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\r' && c != '\t') || c == '\x7f';
    };
    std::replace_if(out.begin(), out.end(), is_control, ' ');
    return out;
}

} // namespace

Yaml read_yaml(std::string_view text, std::size_t lines_before) {
    Yaml yaml;
    YamlBuilder builder{yaml, lines_before, text.size()};
    std::istringstream stream{without_control_characters(text)};
    try {
        YAML::Parser parser{stream};
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception& error) {
        const auto line = static_cast<std::size_t>(std::max(error.mark.line, 0)) + 1 + lines_before;
        throw sdk::Error("line " + std::to_string(line) + ": this is no YAML (" + error.msg +
                         "); a text with a colon, or one that begins with a sign, must be in quotes");
    }
    return yaml;
}

} // namespace crier::kit
