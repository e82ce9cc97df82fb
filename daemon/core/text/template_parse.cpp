#include "core/ascii.hpp"
#include "core/nearest.hpp"
#include "core/text/template.hpp"
#include "core/text/template_program.hpp"

#include <algorithm>
#include <optional>

namespace crier::text {
namespace {

using Problem = Template::Problem;

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || ascii::is_digit(c) || c == '_';
}

/// The types of the names that everybody uses; what is not here is taken for text of any kind.
ValueType type_of(std::string_view variable) {
    if (variable == "now" || variable == "due" || variable == "published" || variable == "updated")
        return ValueType::moment;
    if (variable == "categories")
        return ValueType::list;
    if (variable == "title" || variable == "summary" || variable == "content" || variable == "link" ||
        variable == "author" || variable == "id" || variable == "language")
        return ValueType::text;
    return ValueType::any;
}

PieceKind kind_of(std::string_view variable) {
    return variable == "title" || variable == "summary" || variable == "content" ? PieceKind::prose
                                                                                 : PieceKind::fixed;
}

std::string_view word_for(ValueType type) {
    switch (type) {
    case ValueType::list:
        return "a list";
    case ValueType::moment:
        return "a moment";
    case ValueType::any:
    case ValueType::text:
        break;
    }
    return "text";
}

std::string quoted(std::string_view text) {
    return "'" + std::string{text} + "'";
}

std::string listed(const std::vector<std::string_view>& names) {
    std::string text;
    for (const std::string_view name : names)
        text += (text.empty() ? "" : ", ") + std::string{name};
    return text;
}

class Parser {
public:
    Parser(std::string_view source, const std::vector<std::string>& names)
        : source_(source)
        , names_(names.begin(), names.end()) {}

    /// Whether all went well; else problem() says what did not.
    bool parse() {
        while (at_ < source_.size()) {
            const std::size_t open = source_.find("{{", at_);
            const std::string_view literal = source_.substr(at_, open - at_);
            if (const std::size_t statement = literal.find("{%"); statement != std::string_view::npos)
                return fail(
                    at_ + statement, "templates have no statements ({% %})",
                    "`default` and `first` cover most uses; write {{ '{%' }} for the signs themselves");
            if (!literal.empty())
                nodes_.push_back({std::string{literal}, {}, PieceKind::literal, {}});
            if (open == std::string_view::npos)
                break;
            at_ = open + 2;
            if (!expression(open))
                return false;
        }
        return true;
    }

    [[nodiscard]] std::vector<Node>& nodes() { return nodes_; }
    [[nodiscard]] const Problem& problem() const { return problem_; }

private:
    bool fail(std::size_t offset, std::string message, std::string hint = {}) {
        problem_ = {offset, std::move(message), std::move(hint)};
        return false;
    }

    void skip_blanks() {
        while (at_ < source_.size() && is_blank(source_[at_]))
            ++at_;
    }

    [[nodiscard]] char here() const { return at_ < source_.size() ? source_[at_] : '\0'; }

    [[nodiscard]] bool at_close() const { return source_.substr(at_, 2) == "}}"; }

    bool unclosed(std::size_t open) {
        return fail(open, "{{ is never closed", "end it with }}; write {{ '{{' }} for the braces themselves");
    }

    std::string_view name() {
        const std::size_t begin = at_;
        if (!ascii::is_digit(here()))
            while (at_ < source_.size() && is_name_char(source_[at_]))
                ++at_;
        return source_.substr(begin, at_ - begin);
    }

    /// What stands here, for a message.
    [[nodiscard]] std::string found() const {
        const std::string_view rest = source_.substr(at_, 12);
        return quoted(rest.substr(0, rest.find_first_of(" \n\t|}")));
    }

    bool expression(std::size_t open) {
        Node node;
        ValueType type = ValueType::text;
        skip_blanks();
        const std::size_t begin = at_;
        if (here() == '\'' || here() == '"') {
            if (!string(node.literal))
                return false;
        } else {
            node.variable = name();
            if (node.variable.empty()) {
                if (at_ >= source_.size())
                    return unclosed(open);
                if (at_close())
                    return fail(open, "there is nothing between {{ and }}", "names are " + listed(names_));
                return fail(at_, "expected a name or a text in quotes, found " + found(),
                            "names are " + listed(names_));
            }
            if (std::find(names_.begin(), names_.end(), node.variable) == names_.end()) {
                const std::string near = nearest(node.variable, names_);
                return fail(begin, "there is no " + quoted(node.variable) + " here",
                            near.empty() ? "names are " + listed(names_)
                                         : "did you mean " + quoted(near) + "?");
            }
            node.kind = kind_of(node.variable);
            type = type_of(node.variable);
        }
        for (;;) {
            skip_blanks();
            if (at_close()) {
                at_ += 2;
                nodes_.push_back(std::move(node));
                return true;
            }
            if (here() == '|') {
                ++at_;
                if (!filter(open, node, type))
                    return false;
                continue;
            }
            const std::size_t close = source_.find("}}", at_);
            const std::size_t next = source_.find("{{", at_);
            if (at_ >= source_.size() || close == std::string_view::npos || next < close)
                return unclosed(open);
            return fail(at_, "expected | or }}, found " + found());
        }
    }

    bool filter(std::size_t open, Node& node, ValueType& type) {
        skip_blanks();
        const std::size_t begin = at_;
        const std::string_view word = name();
        if (word.empty()) {
            if (at_ >= source_.size())
                return unclosed(open);
            return fail(at_, "expected a filter after |, found " + found(),
                        "filters are " + listed(filter_names()));
        }
        AppliedFilter applied;
        applied.filter = find_filter(word);
        if (applied.filter == nullptr) {
            const std::string near = nearest(word, filter_names());
            return fail(begin, "there is no filter " + quoted(word),
                        near.empty() ? "filters are " + listed(filter_names())
                                     : "did you mean " + quoted(near) + "?");
        }
        if (!arguments(applied.arguments) || !check(begin, applied, type))
            return false;
        if (applied.filter->gives != ValueType::any)
            type = applied.filter->gives;
        else if (type != ValueType::text)
            type = ValueType::any; // default: what it was, or text
        node.filters.push_back(std::move(applied));
        return true;
    }

    bool arguments(std::vector<Argument>& into) {
        skip_blanks();
        if (here() != '(')
            return true;
        const std::size_t open = at_++;
        skip_blanks();
        if (here() == ')') {
            ++at_;
            return true;
        }
        for (;;) {
            skip_blanks();
            if (!argument(into))
                return false;
            skip_blanks();
            const char c = here();
            if (c != ',' && c != ')')
                return at_ >= source_.size() || at_close() ? fail(open, "the parenthesis is never closed")
                                                           : fail(at_, "expected , or ), found " + found());
            ++at_;
            if (c == ')')
                return true;
        }
    }

    bool argument(std::vector<Argument>& into) {
        constexpr std::size_t most_digits = 9;
        const std::size_t begin = at_;
        if (here() == '\'' || here() == '"') {
            std::string text;
            if (!string(text))
                return false;
            into.emplace_back(std::move(text));
            return true;
        }
        while (ascii::is_digit(here()))
            ++at_;
        if (at_ == begin)
            return fail(begin, "expected a text in quotes or a number, found " + found());
        if (at_ - begin > most_digits)
            return fail(begin, "the number is too large");
        into.emplace_back(
            static_cast<std::size_t>(std::stoul(std::string{source_.substr(begin, at_ - begin)})));
        return true;
    }

    /// A backslash makes \n, \t, \\, \' and \".
    bool string(std::string& into) {
        const std::size_t begin = at_;
        const char quote = source_[at_++];
        for (; at_ < source_.size(); ++at_) {
            const char c = source_[at_];
            if (c == quote) {
                ++at_;
                return true;
            }
            if (c != '\\') {
                into += c;
                continue;
            }
            if (++at_ >= source_.size())
                break;
            switch (source_[at_]) {
            case 'n':
                into += '\n';
                break;
            case 't':
                into += '\t';
                break;
            case '\\':
            case '\'':
            case '"':
                into += source_[at_];
                break;
            default:
                return fail(at_ - 1, "\\" + std::string(1, source_[at_]) + " is not understood",
                            "a backslash makes \\n, \\t, \\\\, \\' and \\\"");
            }
        }
        return fail(begin, "the text in quotes is never closed");
    }

    bool check(std::size_t offset, const AppliedFilter& applied, ValueType type) {
        const FilterKind& filter = *applied.filter;
        const std::string usage = "it is written " + std::string{filter.usage};
        const std::string kinds = std::string{filter.needed} + std::string{filter.more};
        const std::size_t given = applied.arguments.size();
        if (given < filter.needed.size() || given > kinds.size())
            return fail(offset,
                        quoted(filter.name) + " takes " +
                            (kinds.empty() ? "no argument" : std::to_string(kinds.size()) + " argument") +
                            (kinds.size() > 1 ? "s" : "") + (filter.more.empty() ? "" : " at most") +
                            ", not " + std::to_string(given),
                        usage);
        for (std::size_t i = 0; i < given; ++i) {
            const auto* number = std::get_if<std::size_t>(&applied.arguments[i]);
            if (kinds[i] == 's' && number != nullptr)
                return fail(offset, quoted(filter.name) + " takes a text in quotes, not a number", usage);
            if (kinds[i] == 'n' && number == nullptr)
                return fail(offset, quoted(filter.name) + " takes a number, not a text", usage);
            if (kinds[i] == 'n' && *number == 0)
                return fail(offset, quoted(filter.name) + " takes a number above 0", usage);
        }
        if (filter.takes != ValueType::any && type != ValueType::any && type != filter.takes)
            return fail(offset,
                        quoted(filter.name) + " works on " + std::string{word_for(filter.takes)} +
                            ", and this is " + std::string{word_for(type)},
                        type == ValueType::moment ? "make it text first: date('%A, %-d %B')"
                        : type == ValueType::list ? "make it text first: join(', ')"
                                                  : "");
        if (auto wrong = argument_problem(filter, applied.arguments))
            return fail(offset, *wrong, usage);
        return true;
    }

    std::string_view source_;
    std::vector<std::string_view> names_;
    std::size_t at_ = 0;
    std::vector<Node> nodes_;
    Problem problem_;
};

} // namespace

boost::system::result<Template, Template::Problem> Template::parse(std::string source,
                                                                   const std::vector<std::string>& names) {
    Parser parser{source, names};
    if (!parser.parse())
        return parser.problem();
    auto program = std::make_shared<Program>();
    program->nodes = std::move(parser.nodes());
    program->source = std::move(source);
    Template made;
    made.program_ = std::move(program);
    return made;
}

} // namespace crier::text
