#include "config/syntax_hint.hpp"
#include "config/tree_builder.hpp"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <istream>
#include <streambuf>
#include <utility>

namespace crier::config {
namespace {

/// Lets yaml-cpp read a string where it lies.
class View final : public std::streambuf {
public:
    explicit View(const std::string& text) {
        char* begin = const_cast<char*>(text.data()); // std::streambuf's get area, never written to
        setg(begin, begin, begin + text.size());
    }
};

/// The first byte that is not part of valid UTF-8, or that no text has.
std::size_t first_wrong_byte(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const auto first = static_cast<unsigned char>(text[at]);
        if (first < 0x80) {
            if (first == 0 || first == 0x7F)
                return at;
            ++at;
            continue;
        }
        const std::size_t size = first >= 0xC2 && first < 0xE0   ? 2
                                 : first >= 0xE0 && first < 0xF0 ? 3
                                 : first >= 0xF0 && first < 0xF5 ? 4
                                                                 : 0;
        if (size == 0 || at + size > text.size())
            return at;
        for (std::size_t i = 1; i < size; ++i)
            if ((static_cast<unsigned char>(text[at + i]) & 0xC0U) != 0x80U)
                return at;
        const auto second = static_cast<unsigned char>(text[at + 1]);
        if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second >= 0xA0) ||
            (first == 0xF0 && second < 0x90) || (first == 0xF4 && second >= 0x90))
            return at;
        at += size;
    }
    return std::string_view::npos;
}

/// yaml-cpp takes the end of the file for the end of a quoted text.
bool never_closed(std::string_view source, std::size_t at) {
    if (at >= source.size() || (source[at] != '"' && source[at] != '\''))
        return false;
    const char quote = source[at];
    for (++at; at < source.size(); ++at) {
        if (quote == '"' && source[at] == '\\') {
            ++at;
        } else if (source[at] == quote) {
            if (quote != '\'' || at + 1 >= source.size() || source[at + 1] != '\'')
                return false;
            ++at;
        }
    }
    return true;
}

} // namespace

std::unique_ptr<Document> Document::parse(std::string file, std::string text,
                                          std::vector<Problem>& problems) {
    drop_byte_order_mark(text);
    std::unique_ptr<Document> document{new Document(std::move(file), std::move(text))};
    TreeBuilder builder{*document, problems};
    const std::string& source = document->source_;
    if (source.size() > largest_file) {
        builder.problem(0, "the file is larger than a configuration may be",
                        "at most " + std::to_string(largest_file >> 20U) + " MB");
        return nullptr;
    }
    if (const std::size_t wrong = first_wrong_byte(source); wrong != std::string_view::npos) {
        builder.problem(static_cast<std::uint32_t>(wrong), "the file is no UTF-8 text from here on",
                        "save it as UTF-8");
        return nullptr;
    }
    // One value to about 16 bytes: what a configuration usually has, so that nothing moves while it grows.
    document->nodes_.reserve(source.size() / 16 + 16);
    View view{source};
    std::istream stream{&view};
    try {
        YAML::Parser parser{stream};
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const TreeBuilder::Stop&) {
        return nullptr;
    } catch (const YAML::Exception& error) {
        const auto at = static_cast<std::uint32_t>(error.mark.pos < 0 ? 0 : error.mark.pos);
        explain_syntax_error(*document, builder, at, error.msg);
        return nullptr;
    }
    if (builder.any_quoted() && never_closed(source, builder.last_quoted())) {
        builder.problem(builder.last_quoted(), "this quote is never closed", {});
        return nullptr;
    }
    if (!builder.any_document()) {
        Node empty;
        document->nodes_.push_back(empty);
    }
    return document;
}

} // namespace crier::config
