// A template in the first line ("\n" in it stands as two characters), then what its names stand for, a line
// each.

#include "core/text/length.hpp"
#include "core/text/plain.hpp"
#include "core/text/template.hpp"
#include "fuzzing.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace crier;

namespace {

const std::vector<std::string> names = {"title", "link", "summary", "categories", "published", "counter"};

struct Fields {
    std::string title, link, summary;
    std::vector<std::string> categories;
};

void check_rendering(const text::Template& post, const Fields& fields, std::string_view language) {
    const text::Moment moment{Instant{std::chrono::microseconds{1'767'600'000'000'000}}, {}};
    const auto lookup = [&fields, &moment](std::string_view name) -> text::Value {
        if (name == "title")
            return fields.title;
        if (name == "link")
            return fields.link;
        if (name == "summary")
            return fields.summary;
        if (name == "categories")
            return fields.categories;
        if (name == "counter")
            return std::numeric_limits<std::int64_t>::max();
        return moment;
    };
    const text::RenderContext context{moment, digest_of(fields.title), language};
    const auto pieces = post.render(lookup, context);
    std::string whole;
    for (const auto& piece : pieces)
        whole += piece.text;
    fuzz::must(whole == post.render_text(lookup, context), "the pieces are the text");

    for (const std::size_t most : {500U, 40U, 1U}) {
        const text::LengthRules rules{most, 23};
        const auto fitted = text::fit(pieces, fields.title, rules);
        const std::size_t length = text::status_length(fitted.text, fields.title, rules);
        fuzz::must(!fitted.fits || length <= most, "what fits is not too long");
        fuzz::must(fitted.shortened || fitted.text == whole, "what was not shortened is whole");
    }
}

void check_plain(const std::string& words) {
    for (const std::size_t count : {0U, 1U, 7U, 80U}) {
        fuzz::must(text::graphemes(text::shorten(words, count)) <= count, "what was shortened is short");
        fuzz::must(text::graphemes(text::first_graphemes(words, count)) <= count,
                   "the first so many are so many");
    }
    fuzz::must(text::one_line(words).find('\n') == std::string::npos, "one line is one line");
    fuzz::must(text::strip(words).size() <= words.size(), "stripping adds nothing");
    (void)text::defuse_mentions(words);
    (void)text::hashtag(words);
    (void)text::url_encode(words);
    (void)text::upper(words);
    (void)text::lower(words);
    (void)text::fold_case(words);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    const std::string source(in.line());
    const std::string language(in.line());
    Fields fields;
    fields.title = in.line();
    fields.link = in.line();
    fields.categories.emplace_back(in.line());
    fields.categories.emplace_back(in.line());
    fields.summary = in.rest();

    const auto post = text::Template::parse(source, names);
    if (post) {
        check_rendering(*post, fields, language);
    } else {
        const auto problem = post.error();
        fuzz::must(problem.offset <= source.size(), "a problem lies in the template");
        fuzz::must(!problem.message.empty(), "a problem has words");
    }
    check_plain(fields.summary);
    return 0;
}
