#include "feed/linked_page.hpp"

#include "feed/dates.hpp"
#include "feed/page_charset.hpp"
#include "feed/page_head.hpp"
#include "kit/address.hpp"
#include "kit/ascii.hpp"
#include "kit/html_text.hpp"

#include <initializer_list>

namespace crier::feed {
namespace {

constexpr std::size_t most_of_page = std::size_t{512} << 10U;

const std::string& first_said(const PageHead& head, std::initializer_list<Meta> choice) {
    for (const Meta which : choice)
        if (!head.get(which).empty())
            return head.get(which);
    return head.get(*choice.begin());
}

/// The first that is an address.
std::string first_address(const PageHead& head, std::string_view base, std::initializer_list<Meta> choice) {
    for (const Meta which : choice)
        if (std::string address = kit::absolute_address(head.get(which), base); !address.empty())
            return address;
    return {};
}

/// The page's picture. What is said of one is not said of another.
void choose_image(const PageHead& head, std::string_view base, LinkedPage& page) {
    page.image = first_address(head, base, {Meta::image, Meta::image_secure, Meta::image_url});
    const std::string other = first_address(head, base, {Meta::twitter_image, Meta::twitter_image_src});
    if (!page.image.empty()) {
        page.image_alt = kit::to_line(head.get(Meta::image_alt), kit::Form::plain);
        const std::string type = kit::lowered(kit::trimmed(head.get(Meta::image_type)));
        if (kit::starts_but_case(type, "image/"))
            page.image_type = type;
    } else {
        page.image = other;
    }
    if (page.image_alt.empty() && !page.image.empty() && (other.empty() || other == page.image))
        page.image_alt = kit::to_line(head.get(Meta::twitter_image_alt), kit::Form::plain);
}

} // namespace

LinkedPage read_linked_page(std::string_view bytes, std::string_view content_type, std::string_view address) {
    std::string storage;
    const PageHead head = read_page_head(page_to_utf8(bytes.substr(0, most_of_page), content_type, storage));
    const std::string own_base = kit::absolute_address(head.base, address);
    const std::string_view base = own_base.empty() ? address : std::string_view{own_base};
    LinkedPage page;
    choose_image(head, base, page);
    page.description = kit::to_lines(
        first_said(head, {Meta::og_description, Meta::twitter_description, Meta::plain_description}),
        kit::Form::plain);
    const std::string& title = first_said(head, {Meta::og_title, Meta::twitter_title});
    page.title =
        title.empty() ? kit::to_line(head.title, kit::Form::html) : kit::to_line(title, kit::Form::plain);
    page.canonical = kit::absolute_address(head.canonical, base);
    page.published = parse_date(head.get(Meta::published));
    return page;
}

} // namespace crier::feed
