#pragma once

#include "feed/xml_reader.hpp"

namespace crier::feed {

/// Whose word an element is.
enum class Space {
    rss,         ///< RSS 0.9x, 1.0, 2.0, and what has no namespace that is known
    atom,        ///< Atom 0.3, 1.0
    content,     ///< RSS 1.0's content module: content:encoded
    dublin_core, ///< dc, dcterms
    media,       ///< Media RSS
    itunes,
    syndication, ///< RSS 1.0's syndication module: sy:updatePeriod
    prism,       ///< journals' dates: prism:publicationDate
    xhtml,
    rdf,
    counter, ///< hosts that stand before a feed and count its readers: FeedBurner, Pheedo
    other,
};

/// What an element says of a feed or an item, whichever vocabulary's word it is.
enum class Term {
    none,
    item,
    id,
    title,
    link,
    original_link, ///< where the link leads in the end, if it is a counter's
    summary,
    subtitle, ///< a summary where there is no other
    content,
    author,
    editor, ///< RSS's managingEditor
    name,   ///< in author
    email,  ///< the same
    category,
    keywords, ///< several categories with commas between them
    tags,     ///< several with blanks between them
    enclosure,
    created,
    published,
    updated,
    expires, ///< from then on it says nothing any more
    valid,   ///< a time with an end (dcterms:valid)
    language,
    image,      ///< of an item (itunes:image)
    image_link, ///< the same of long ago (itunes:link)
    source,     ///< where an entry was taken from
    other, ///< what RSS knows and an item has no field for: in it are names that mean something elsewhere
    ttl,
    skip_hours,
    skip_days,
    hour, ///< in skipHours
    day,  ///< in skipDays
    update_base,
    update_period,
    update_frequency,
    holder, ///< what stands around words of an item: content:items and what is in it
    media_group,
    media_title,
    media_content,
    media_thumbnail,
    media_description,
};

/// Names and addresses of namespaces are compared without regard to case.
[[nodiscard]] Space space_of(const XmlName& name);
[[nodiscard]] Term term_of(Space space, std::string_view name);

} // namespace crier::feed
