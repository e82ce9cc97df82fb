#pragma once

#include "admin/fields.hpp"
#include "core/post.hpp"
#include "engine/orders.hpp"

#include <boost/json/object.hpp>

/// What a post has beside text and media, as JSON: only what it has.
namespace crier::admin {

/// `poll`, `quote`, `quote_policy`, `content_type`, `local_only`, `pin`.
void add_forms(boost::json::object& object, const PostContent& content);

/// {options, expires_in (seconds), multiple, hide_totals}
[[nodiscard]] boost::json::object to_json(const Poll& poll);

/// `focus`, `thumbnail`, `strip_metadata`.
void add_media_forms(boost::json::object& object, const Media& media);
void read_media_forms(Fields& fields, Media& media);

/// Of an order, both ways; `in_reply_to` as well.
void add_forms(boost::json::object& object, const engine::PostOrder& order);
void read_forms(Fields& fields, engine::PostOrder& order);

} // namespace crier::admin
