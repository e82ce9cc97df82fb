#include "kit/html_text.hpp"

#include "kit/html_markup.hpp"
#include "kit/invisible.hpp"
#include "kit/text_maker.hpp"

namespace crier::kit {
namespace {

TextMaker::Rules rules_for(std::string_view text, Form form) {
    TextMaker::Rules rules;
    rules.markup = form == Form::html || (form == Form::guess && has_markup(text));
    rules.references = form != Form::plain;
    rules.breaks = rules.markup ? Breaks::fold : rules.references ? Breaks::paragraphs : Breaks::keep;
    return rules;
}

} // namespace

std::string to_lines(std::string_view text, Form form, std::string_view base,
                     std::vector<sdk::Media>* images) {
    std::string storage;
    const std::string_view seen = without_invisible(text, storage);
    return TextMaker{seen, rules_for(seen, form), base, images}.run();
}

std::string to_line(std::string_view text, Form form) {
    std::string storage;
    const std::string_view seen = without_invisible(text, storage);
    TextMaker::Rules rules = rules_for(seen, form);
    rules.one_line = true;
    return TextMaker{seen, rules, {}, nullptr}.run();
}

} // namespace crier::kit
