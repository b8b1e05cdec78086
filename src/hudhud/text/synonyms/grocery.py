"""What groceries, vegetables, fruit, spices, meat and bread are called."""

from __future__ import annotations

GROCERY = """
فراولة فريز فراولو توت strawberry fraise
كريمة قشطة كريم قيمر cream
فستق فسدق بيستاش pistachio pistache
مكسرات كرزات nuts
لوز almonds almond amandes
جوز كركاع كرگاع جرجاع walnut walnuts
سوداني كاوكاو peanut peanuts
جبن جبنة فرماج فورماج كيري اجبان cheese fromage
# A glass of لبن is milk in Cairo, and sour elsewhere.
حليب لبن لبنية milk lait
زبادي روب ياغورت ياورت رايب لبن yogurt yoghurt yaourt
زبدة زبد زبيدة butter beurre
سمن سمنة دهن ghee
زيت دهن زيوت oil huile
بيض eggs egg : دحي بيضات
# «تمن» is a price in Cairo and Fes, rice in Baghdad.
رز ارز روز rice riz : : تمن
تمر تمور رطب dates date dattes
سكر محلى sugar
# «بن» is mostly somebody's son.
قهوة كافي كهوة coffee cafe : : بن
شاي اتاي تشاي شاهي tea
خبز عيش صمون خبزة bread
لحم هبر لحمة لحوم meat viande
مفروم مثروم minced hache
دجاج فروج فراخ جاج chicken poulet
حبش dinde turkey
كبدة معلاق liver foie
نقانق سجق مقانق سوسيس صوصيص sausage sausages saucisse
مرتديلا لانشون كاشير mortadella
سمك حوت اسماك fish poisson
روبيان جمبري قريدس ربيان كروفيت قمرون shrimp shrimps prawns crevettes
خضار خضروات خضراوات vegetables legumes
بطاطا بطاطس بطاطة بوطاطا potato potatoes
طماطم بندورة بنادورة مطيشة طماطة قوطة tomato tomatoes
باذنجان بيتنجان بدنجان دنجال بتنجان eggplant aubergine
كوسا كوسة كورجيت zucchini courgette
جزر خيزو زرودية سفنارية carrot carrots
ثوم ثومة توم تومة garlic
فلفل فليفلة فليفلا pepper poivron
شطة سودانية حرور chili
ملفوف كرنب لهانة كرومب cabbage chou
# «زهرة» is mostly a flower.
قرنبيط قرنابيط شفلور شيفلور cauliflower : : زهرة
بقدونس مقدونس معدنوس معدونس parsley persil
كزبرة قصبر كسبرة coriander cilantro
نعناع نعنع mint menthe
خس خسة lettuce laitue
شمندر بنجر شوندر باربا beetroot betterave
ذرة درة مايس corn mais
بازلاء بسلة بزاليا بازيلا جلبانة peas
فول باقلاء باجلا باكلة fava
حمص نخي chickpeas chickpea
برغل بلغر bulgur
سميد سميدة semolina semoule
كسكس كسكسي كسكسو سكسو couscous
معكرونة مكرونة مقرونة باستا مقارون pasta macaroni pates
طحين دقيق فرينة فارينة flour farine
بهارات توابل بزار ابازير spices epices
كركم خرقوم turmeric curcuma
زنجبيل جنزبيل سكنجبير ginger gingembre
قرفة دارسين دارصيني cinnamon cannelle
هيل حبهان cardamom
يانسون ينسون anise anis
شومر بسباس fennel : : شمر
سمسم جلجلان زنجلان sesame
طحينة راشي طحينية tahini tahina
مربى مربا كونفيتير jam confiture
زبيب كشمش raisins
فواكه فاكهة ميوة fruit fruits
موز banana bananas banane
برتقال بردقان برتقان لتشين ليتشين orange oranges
ليمون حامض نومي لومي lemon lemons citron
يوسفي مندرين لالنكي كلمنتينا يوسفندي mandarin clementine
بطيخ دلاع رقي جح حبحب دلاح watermelon pasteque
شمام قاوون خربز melon
تين كرموس figs fig
خوخ دراق دراقن peach peaches
اجاص كمثرى انجاص عرموط لنغاص pear pears poire
كرز cherry cherries cerise
مانجو منجا مانجا منكا همبا mango
# «مية» is a hundred too, and «ماء» folds to "not".
مياه ماي موية water eau : : مية
غازية غازي كازوز كازوزة مونادا soda
عصير جوس شراب مشروب juice drink
شيبس شيبسي جبس chips crisps
علكة لبان علك chewing chewinggum
خميرة خمارة خماير yeast levure
نشا مايزينا ستارش نشاء starch
ملح املاح صلت salt sel
عدس ادس lentils lentilles
فاصوليا فصوليا فاصولياء لوبيا لوبية beans haricots
كمون كامون cumin
قرنفل كبش مسامير cloves girofle
زعتر صعتر سعتر زعيترة thyme oregano
كاجو كازو cashew cashews cajou
بندق بندك نوازيت hazelnut hazelnuts noisette
بزر بذر فصفص زريعة حب_شمس seeds : لب
عسل honey miel
دبس رب molasses
تونة طون تونا tuna thon
مخلل طرشي مخللات كبيس حمضيات pickles pickle cornichons
حلاوة شامية halva halawa
بقسماط شابورة قرشلة rusk rusks
رغيف ارغفة خبزة loaf
مسحوق بودرة تايد تيد صابون powder detergent lessive
كيس اكياس ميكة كيسة بلاستيكة bag bags sac
كافيين كافئين caffeine cafeine
جلوتين غلوتين كلوتين gluten
لاكتوز lactose
"""
