#pragma once

#include "core/text/arguments.hpp"
#include "core/text/template.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace crier::text {

/// Reads the source of a template from left to right: names, texts in quotes, arguments. What may fail says
/// whether it went well; problem() says what did not. Refers to the source, which must outlive it.
class TemplateReader {
public:
    explicit TemplateReader(std::string_view source)
        : source_(source) {}

    [[nodiscard]] std::size_t at() const { return at_; } ///< byte
    [[nodiscard]] bool at_end() const { return at_ >= source_.size(); }
    [[nodiscard]] char here() const { return at_end() ? '\0' : source_[at_]; }
    [[nodiscard]] bool at_quote() const { return here() == '\'' || here() == '"'; }
    [[nodiscard]] bool at_close() const { return source_.substr(at_, 2) == "}}"; }
    /// Whether what is open here is closed at all, before the next one is opened.
    [[nodiscard]] bool is_closed() const;
    /// What stands here, in quotes, for a message.
    [[nodiscard]] std::string found() const;

    void skip(std::size_t count) { at_ += count; }
    void skip_blanks();
    /// What stands before the next {{, or before the end.
    std::string_view literal();
    /// Empty where none stands.
    std::string_view name();
    /// A text in quotes, at its first quote. A backslash makes \n, \t, \\, \' and \".
    bool text(std::string& into);
    /// `('a', 7)`, or nothing where no parenthesis stands.
    bool arguments(Arguments& into);

    /// False, for the sake of `return fail(...)`.
    bool fail(std::size_t offset, std::string message, std::string hint = {});
    [[nodiscard]] const Template::Problem& problem() const { return problem_; }

private:
    bool argument(Arguments& into);
    bool number(Arguments& into);

    std::string_view source_;
    std::size_t at_ = 0;
    Template::Problem problem_;
};

} // namespace crier::text
