from graphbuild.resolve.commonness import namesakes, tie


def test_names_that_go_together_are_commoner_than_their_parts_suggest():
    assert namesakes("lei zhang") > 3 * namesakes("lei smith")
    assert namesakes("john smith") > 3 * namesakes("john zhang")


def test_order_of_commonness_is_that_of_the_world():
    assert namesakes("wei wang") > namesakes("lei zhang") > namesakes("john smith") > 1
    assert namesakes("elisa bertino") < 0.1


def test_middle_name_makes_a_name_rarer():
    assert namesakes("john a smith") < namesakes("john smith")


def test_initial_is_commoner_than_any_first_name():
    assert namesakes("j smith") > namesakes("john smith")


def test_unknown_parts_and_single_words_have_a_number_too():
    assert 0 < namesakes("xq zzyzx") < namesakes("madonna")


def test_rarer_name_ties_more():
    assert tie("elisa bertino") > tie("john smith") > tie("lei zhang") > tie("wei wang") >= 0
