#include "kit/markdown_inline.hpp"

#include "kit/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace crier::kit {
namespace {

/// What is longer is no tag or address in < >.
constexpr std::size_t longest_angle = 2048;
/// Brackets in brackets; further out they are signs like others.
constexpr std::size_t most_brackets = 32;

bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool is_escapable(char c) {
    return c > ' ' && c < '\x7f' && (!is_word(c) || c == '_');
}

std::size_t words_end(std::string_view text, std::size_t at) {
    return std::min(text.find_first_not_of(text[at], at), text.size());
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> entities{{{"&amp;", "&"},
                                                                                 {"&lt;", "<"},
                                                                                 {"&gt;", ">"},
                                                                                 {"&quot;", "\""},
                                                                                 {"&#39;", "'"},
                                                                                 {"&apos;", "'"},
                                                                                 {"&nbsp;", "\xc2\xa0"}}};

} // namespace

Inline::Inline(std::string_view text, const References& references, std::vector<Shown>& media)
    : text_(text)
    , references_(references)
    , media_(media) {
    for (std::size_t at = text_.find('`'); at != std::string_view::npos; at = text_.find('`', at)) {
        const std::size_t end = words_end(text_, at);
        last_ticks_[end - at] = at;
        at = end;
    }
}

std::string Inline::run() {
    while (at_ < text_.size())
        step();
    strip_emphasis(out_, runs_, 0);
    return std::move(out_);
}

void Inline::copy(std::size_t end) {
    out_ += text_.substr(at_, end - at_);
    at_ = end;
}

void Inline::step() {
    switch (text_[at_]) {
    case '\\':
        return escape();
    case '`':
        return code();
    case '*':
    case '_':
    case '~':
        return signs();
    case '[':
        return open_bracket(false);
    case ']':
        return close_bracket();
    case '<':
        return angle();
    case '&':
        return entity();
    case '@':
    case '#':
        return name();
    case '!':
        if (text_.substr(at_, 2) == "![")
            return open_bracket(true);
        break;
    case 'h':
    case 'H':
        if (address())
            return;
        break;
    default:
        break;
    }
    copy(at_ + 1);
}

void Inline::escape() {
    if (at_ + 1 < text_.size() && is_escapable(text_[at_ + 1]))
        ++at_;
    copy(at_ + 1);
}

void Inline::code() {
    const std::size_t begin = words_end(text_, at_);
    const std::size_t ticks = begin - at_;
    if (last_ticks_[ticks] < begin)
        return copy(begin);
    std::size_t end = text_.find('`', begin);
    while (words_end(text_, end) - end != ticks)
        end = text_.find('`', words_end(text_, end));
    std::string_view words = text_.substr(begin, end - begin);
    if (words.size() > 2 && words.front() == ' ' && words.back() == ' ') // so that a ` can stand at its end
        words = words.substr(1, words.size() - 2);
    out_ += words;
    at_ = end + ticks;
}

void Inline::signs() {
    const std::size_t end = words_end(text_, at_);
    Run run = run_at(text_, at_, end - at_);
    run.at = out_.size();
    open_bars_ = open_bars_ || (run.sign == '_' && run.opens);
    if ((run.opens || run.closes) && (run.sign != '~' || run.count == 2))
        runs_.push_back(run);
    copy(end);
}

void Inline::open_bracket(bool picture) {
    if (brackets_.size() == most_brackets) {
        brackets_.erase(brackets_.begin());
        no_links_below_ -= std::min<std::size_t>(no_links_below_, 1);
    }
    const std::size_t inside = at_ + (picture ? 2U : 1U);
    brackets_.push_back({out_.size(), inside, runs_.size(), picture});
    copy(inside);
}

/// (address), [label], [] or nothing may follow; the last two take the words for the label.
bool Inline::target_of(const Bracket& bracket, std::size_t& behind, std::string& target) const {
    if (auto found = target_at(text_, behind)) {
        target = std::move(*found);
        return true;
    }
    const std::string_view words = text_.substr(bracket.inside, at_ - bracket.inside);
    const auto label = label_at(text_, behind);
    const bool own = !label || label->empty();
    if (references_.empty() || (own && words.size() > longest_angle))
        return false;
    const auto known = references_.find(label_of(own ? words : *label));
    if (known != references_.end())
        target = known->second;
    return known != references_.end();
}

void Inline::close_bracket() {
    if (brackets_.empty())
        return copy(at_ + 1);
    const Bracket bracket = brackets_.back();
    brackets_.pop_back();
    const bool in_vain = !bracket.picture && brackets_.size() < no_links_below_;
    no_links_below_ = std::min(no_links_below_, brackets_.size());
    std::size_t behind = at_ + 1;
    std::string target;
    if (in_vain || !target_of(bracket, behind, target))
        return copy(at_ + 1);
    strip_emphasis(out_, runs_, bracket.first_run);
    const std::string words = out_.substr(bracket.out + (bracket.picture ? 2U : 1U));
    out_.resize(bracket.out);
    at_ = behind;
    if (bracket.picture) {
        media_.push_back({target, one_line(words)});
        return;
    }
    out_ += link_text(std::string{trimmed(words)}, target);
    no_links_below_ = brackets_.size();
}

void Inline::angle() {
    const std::size_t end =
        text_.substr(0, std::min(text_.size(), at_ + longest_angle)).find_first_of("<> \n", at_ + 1);
    const std::string_view inside =
        end == std::string_view::npos ? std::string_view{} : text_.substr(at_ + 1, end - at_ - 1);
    const std::string tag = lowered(inside);
    if (!inside.empty() && text_[end] == '>' &&
        (is_web_address(inside) || inside.find('@') != std::string_view::npos)) {
        out_ += tag.substr(0, 7) == "mailto:" ? inside.substr(7) : inside;
        at_ = end + 1;
    } else if ((tag == "br" || tag == "br/") && text_[end] == '>') {
        out_ += '\n';
        at_ = end + 1;
    } else if (tag == "br" && text_.substr(end, 3) == " />") {
        out_ += '\n';
        at_ = end + 3;
    } else {
        copy(at_ + 1);
    }
}

void Inline::entity() {
    for (const auto& [name, sign] : entities)
        if (text_.substr(at_, name.size()) == name) {
            out_ += sign;
            at_ += name.size();
            return;
        }
    copy(at_ + 1);
}

void Inline::name() {
    if (at_ > 0 && (is_word(text_[at_ - 1]) || text_[at_ - 1] == '/'))
        return copy(at_ + 1);
    const bool mention = text_[at_] == '@';
    std::size_t end = at_ + 1;
    while (end < text_.size() && (is_word(text_[end]) ||
                                  (mention && (text_[end] == '@' || text_[end] == '.' || text_[end] == '-'))))
        ++end;
    while (open_bars_ && end > at_ + 1 && text_[end - 1] == '_') // of _@them_, it is not the name's
        --end;
    copy(end);
}

bool Inline::address() {
    if ((at_ > 0 && is_word(text_[at_ - 1]) && text_[at_ - 1] != '_') ||
        !is_web_address(text_.substr(at_, 9)))
        return false;
    std::size_t end = std::min(text_.find_first_of(" \t\r\n<>\"`[]()*", at_), text_.size());
    while (text_[end - 1] == '_' || text_[end - 1] == '~')
        --end;
    copy(end);
    return true;
}

} // namespace crier::kit
