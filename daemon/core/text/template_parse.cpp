#include "core/nearest.hpp"
#include "core/text/template.hpp"
#include "core/text/template_program.hpp"
#include "core/text/template_reader.hpp"

#include <algorithm>
#include <utility>

namespace crier::text {
namespace {

/// The types of the names that everybody uses; what is not here is taken for text of any kind.
ValueType type_of(std::string_view variable) {
    if (variable == "now" || variable == "due" || variable == "published" || variable == "updated")
        return ValueType::moment;
    if (variable == "categories")
        return ValueType::list;
    if (variable == "counter")
        return ValueType::number;
    if (variable == "title" || variable == "summary" || variable == "content" || variable == "link" ||
        variable == "author" || variable == "id" || variable == "language" || variable == "page_title" ||
        variable == "page_description")
        return ValueType::text;
    return ValueType::any;
}

PieceKind kind_of(std::string_view variable) {
    return variable == "title" || variable == "summary" || variable == "content" ||
                   variable == "page_title" || variable == "page_description"
               ? PieceKind::prose
               : PieceKind::fixed;
}

std::string_view word_for(ValueType type) {
    switch (type) {
    case ValueType::list:
        return "a list";
    case ValueType::moment:
        return "a moment";
    case ValueType::number:
        return "a number";
    case ValueType::any:
    case ValueType::text:
        break;
    }
    return "text";
}

/// What helps where a filter wants something else than there is.
std::string_view way_between(ValueType is, ValueType wanted) {
    if (is == ValueType::moment)
        return wanted == ValueType::number ? "a moment moves with add('7d')"
                                           : "make it text first: date('%A, %-d %B')";
    if (is == ValueType::list)
        return "make it text first: join(', ')";
    return is == ValueType::number && wanted == ValueType::moment
               ? "to a number something is added with plus(7)"
               : "";
}

/// A number is as good as its digits.
bool suits(ValueType is, ValueType wanted) {
    return wanted == ValueType::any || is == ValueType::any || is == wanted ||
           (is == ValueType::number && wanted == ValueType::text);
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

/// The name that was meant, or all that there are.
std::string suggestion_of(std::string_view word, std::string_view kinds,
                          const std::vector<std::string_view>& names) {
    const std::string near = nearest(word, names);
    return near.empty() ? std::string{kinds} + " are " + listed(names) : "did you mean " + quoted(near) + "?";
}

/// The grammar: literal text, and expressions of a head with filters behind it.
class Parser {
public:
    Parser(std::string_view source, const std::vector<std::string>& names)
        : in_(source)
        , names_(names.begin(), names.end()) {}

    /// Whether all went well; else problem() says what did not.
    bool parse() {
        while (!in_.at_end()) {
            const std::size_t begin = in_.at();
            const std::string_view literal = in_.literal();
            if (const std::size_t statement = literal.find("{%"); statement != std::string_view::npos)
                return in_.fail(
                    begin + statement, "templates have no statements ({% %})",
                    "`default` and `first` cover most uses; write {{ '{%' }} for the signs themselves");
            if (!literal.empty())
                nodes_.push_back({PieceKind::literal, begin, literal.size(), {}});
            if (!in_.at_end() && !expression())
                return false;
        }
        return true;
    }

    [[nodiscard]] std::vector<Node>& nodes() { return nodes_; }
    [[nodiscard]] const Template::Problem& problem() const { return in_.problem(); }

private:
    bool unclosed() {
        return in_.fail(open_, "{{ is never closed",
                        "end it with }}; write {{ '{{' }} for the braces themselves");
    }

    bool expression() {
        open_ = in_.at();
        in_.skip(2);
        Node node;
        Expression& made = node.expression.emplace();
        type_ = ValueType::text;
        if (!head(node, made))
            return false;
        for (;;) {
            in_.skip_blanks();
            if (in_.at_close()) {
                in_.skip(2);
                nodes_.push_back(std::move(node));
                return true;
            }
            if (in_.here() != '|')
                return in_.is_closed() ? in_.fail(in_.at(), "expected | or }}, found " + in_.found())
                                       : unclosed();
            in_.skip(1);
            if (!filter(made))
                return false;
        }
    }

    bool head(Node& node, Expression& made) {
        in_.skip_blanks();
        if (in_.at_quote())
            return in_.text(std::get<std::string>(made.head));
        const std::size_t begin = in_.at();
        const std::string_view word = in_.name();
        if (word.empty()) {
            if (in_.at_end())
                return unclosed();
            if (in_.at_close())
                return in_.fail(open_, "there is nothing between {{ and }}", "names are " + listed(names_));
            return in_.fail(in_.at(), "expected a name or a text in quotes, found " + in_.found(),
                            "names are " + listed(names_));
        }
        in_.skip_blanks();
        return in_.here() == '(' ? function(begin, word, node, made) : variable(begin, word, node, made);
    }

    [[nodiscard]] bool is_variable(std::string_view word) const {
        return std::find(names_.begin(), names_.end(), word) != names_.end();
    }

    bool variable(std::size_t begin, std::string_view word, Node& node, Expression& made) {
        if (!is_variable(word)) {
            const FunctionKind* function = find_function(word);
            return in_.fail(begin, "there is no " + quoted(word) + " here",
                            function == nullptr
                                ? suggestion_of(word, "names", names_)
                                : "it is a function, and written " + std::string{function->usage});
        }
        made.head = Variable{std::string{word}};
        node.kind = kind_of(word);
        type_ = type_of(word);
        return true;
    }

    bool function(std::size_t begin, std::string_view word, Node& node, Expression& made) {
        Call call;
        call.function = find_function(word);
        if (call.function == nullptr)
            return in_.fail(begin, "there is no function " + quoted(word),
                            is_variable(word) ? "it is a name, and written without parentheses"
                                              : suggestion_of(word, "functions", function_names()));
        if (!in_.arguments(call.arguments) || !passes(begin, call_problem(*call.function, call.arguments)))
            return false;
        if (call.function->by_chance)
            call.turn = turns_++;
        node.kind = call.function->kind;
        type_ = call.function->gives;
        made.head = std::move(call);
        return true;
    }

    bool filter(Expression& made) {
        in_.skip_blanks();
        const std::size_t begin = in_.at();
        const std::string_view word = in_.name();
        if (word.empty())
            return in_.at_end() ? unclosed()
                                : in_.fail(begin, "expected a filter after |, found " + in_.found(),
                                           "filters are " + listed(filter_names()));
        AppliedFilter applied;
        applied.filter = find_filter(word);
        if (applied.filter == nullptr)
            return in_.fail(begin, "there is no filter " + quoted(word),
                            suggestion_of(word, "filters", filter_names()));
        const FilterKind& filter = *applied.filter;
        if (!in_.arguments(applied.arguments) || !passes(begin, call_problem(filter, applied.arguments)))
            return false;
        if (!suits(type_, filter.takes))
            return in_.fail(begin,
                            quoted(filter.name) + " works on " + std::string{word_for(filter.takes)} +
                                ", and this is " + std::string{word_for(type_)},
                            std::string{way_between(type_, filter.takes)});
        if (!passes(begin, content_problem(filter, applied.arguments)))
            return false;
        type_ = type_after(filter, applied.arguments, type_);
        made.filters.push_back(std::move(applied));
        return true;
    }

    bool passes(std::size_t offset, std::optional<CallProblem> problem) {
        return !problem || in_.fail(offset, std::move(problem->message), std::move(problem->hint));
    }

    TemplateReader in_;
    std::vector<std::string_view> names_;
    std::vector<Node> nodes_;
    std::size_t open_ = 0;             ///< where the expression began
    ValueType type_ = ValueType::text; ///< of the expression so far
    std::int64_t turns_ = 0;           ///< of chance, so far
};

} // namespace

boost::system::result<Template, Template::Problem> Template::parse(std::string source,
                                                                   const std::vector<std::string>& names) {
    Parser parser{source, names};
    if (!parser.parse())
        return parser.problem();
    auto program = std::make_shared<Program>();
    program->nodes = std::move(parser.nodes());
    program->nodes.shrink_to_fit();
    program->source = std::move(source);
    Template made;
    made.program_ = std::move(program);
    return made;
}

} // namespace crier::text
